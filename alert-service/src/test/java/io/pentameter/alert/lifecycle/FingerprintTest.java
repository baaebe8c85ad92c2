package io.pentameter.alert.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void doesNotDependOnTheOrderOfTheGroup() {
        Map<String, String> one = new LinkedHashMap<>();
        one.put("feature", "search");
        one.put("model", "m");
        Map<String, String> other = new LinkedHashMap<>();
        other.put("model", "m");
        other.put("feature", "search");

        assertThat(Fingerprint.of("acme", "rule_1", one)).isEqualTo(Fingerprint.of("acme", "rule_1", other));
    }

    @Test
    void differsWithEachPart() {
        Fingerprint base = Fingerprint.of("acme", "rule_1", Map.of("feature", "search"));

        assertThat(Fingerprint.of("acme2", "rule_1", Map.of("feature", "search")))
                .isNotEqualTo(base);
        assertThat(Fingerprint.of("acme", "rule_2", Map.of("feature", "search")))
                .isNotEqualTo(base);
        assertThat(Fingerprint.of("acme", "rule_1", Map.of("feature", ""))).isNotEqualTo(base);
        assertThat(Fingerprint.of("acme", "rule_1", Map.of())).isNotEqualTo(base);
        assertThat(Fingerprint.of("acmerule_1", "", Map.of("feature", "search")))
                .isNotEqualTo(base);
        assertThat(base.text()).hasSize(32);
    }
}
