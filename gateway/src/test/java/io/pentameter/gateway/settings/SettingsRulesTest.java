package io.pentameter.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.kit.problem.Problem.Fault;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingsRulesTest {

    @Test
    void aMappingThatIsRightBecomesTheRecord() {
        Mapping mapping = new Mapping(List.of(new Mapping.Rule("customer", List.of("org.id", "tenant.name"))));

        assertThat(mapping.faults()).isEmpty();
        assertThat(mapping.toRecord().getRules(0).getAttributesList()).containsExactly("org.id", "tenant.name");
        assertThat(Mapping.NONE.toRecord().getRulesList()).isEmpty();
    }

    @Test
    void whatIsWrongWithAMappingIsNamed() {
        Mapping mapping = new Mapping(List.of(
                new Mapping.Rule("user", List.of("a")),
                new Mapping.Rule("user", List.of(" ")),
                new Mapping.Rule(null, null),
                new Mapping.Rule("route", Collections.nCopies(11, "a"))));

        assertThat(mapping.faults())
                .extracting(Fault::pointer)
                .containsExactly(
                        "/rules/1/dimension",
                        "/rules/1/attributes",
                        "/rules/2/dimension",
                        "/rules/2/attributes",
                        "/rules/3/attributes");
    }

    @Test
    void expressionsThatMayRunAwayOrSayNothingAreRefused() {
        for (String regex : new String[] {
            "(?=x)", "(?<!a)b", "(a)\\1", "(?<n>a)\\k<n>", "a++", "a*+", "(", "[", "a*", "", "x".repeat(501), null
        }) {
            assertThat(redaction(regex).faults()).as("%s", regex).isNotEmpty();
        }
        for (String regex : new String[] {"TCK-[0-9]{6}", "(?i)secret", "a|b", "\\bfoo\\b", "a+"}) {
            assertThat(redaction(regex).faults()).as(regex).isEmpty();
        }
    }

    @Test
    void namesOfDetectorsAreWordsAndPatternsAreFew() {
        assertThat(new Redaction(List.of("Not A Name"), null).faults()).hasSize(1);
        assertThat(new Redaction(null, Collections.nCopies(51, new Redaction.Rule("a", "b"))).faults())
                .isEqualTo(List.of(new Fault("/patterns", "must have at most 50: 51")));
        assertThat(new Redaction(null, Collections.nCopies(2, new Redaction.Rule("a", "b"))).faults())
                .isEqualTo(List.of(new Fault("/patterns/1/name", "is there twice: a")));
        assertThat(Redaction.NONE.faults()).isEmpty();
    }

    private static Redaction redaction(@Nullable String regex) {
        return new Redaction(null, List.of(new Redaction.Rule("ticket", regex)));
    }
}
