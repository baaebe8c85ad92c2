package io.pentameter.gateway.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class AgentKeysTest {

    private static final String KEY = KeyTextTest.KEY;
    private static final String OTHER = KEY.replace("0123", "3210");

    @Test
    void aHostStandsForItsKeyAndAPortOfItForAnother() {
        AgentKeys keys = AgentKeys.of(List.of("Acme.Internal=" + KEY, " acme.internal:8127 = " + OTHER));

        assertThat(keys.of("acme.internal", 8126)).isEqualTo(KeyText.parse(KEY));
        assertThat(keys.of("ACME.internal", -1)).isEqualTo(KeyText.parse(KEY));
        assertThat(keys.of("acme.internal", 8127)).isEqualTo(KeyText.parse(OTHER));
        assertThat(keys.of("other.internal", 8126)).isEmpty();
        assertThat(AgentKeys.of(List.of()).of("acme.internal", 8126)).isEmpty();
    }

    @Test
    void whatIsNoEntryIsRefusedWithoutTheSecret() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AgentKeys.of(List.of("acme=pm_secretive")))
                .withMessageContaining("acme")
                .withMessageNotContaining("secretive");
        assertThatIllegalArgumentException().isThrownBy(() -> AgentKeys.of(List.of(KEY)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AgentKeys.of(List.of("a=" + KEY, "A=" + OTHER)))
                .withMessageContaining("two keys");
    }
}
