package io.pentameter.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.contracts.v1.PayloadRule;
import io.pentameter.contracts.v1.RedactionRules;
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
        assertThat(new Redaction(List.of("Not A Name"), null, null, null, null).faults())
                .hasSize(1);
        assertThat(redaction(Collections.nCopies(51, new Redaction.Rule("a", "b")))
                        .faults())
                .isEqualTo(List.of(new Fault("/patterns", "must have at most 50: 51")));
        assertThat(redaction(Collections.nCopies(2, new Redaction.Rule("a", "b")))
                        .faults())
                .isEqualTo(List.of(new Fault("/patterns/1/name", "is there twice: a")));
        assertThat(Redaction.NONE.faults()).isEmpty();
    }

    @Test
    void namesPayloadRulesAndPseudonymsBecomeTheRecord() {
        Redaction redaction = new Redaction(
                null,
                null,
                List.of(" Anna Müller "),
                List.of(
                        new Redaction.Payload("hr", "input", "metadata_only"),
                        new Redaction.Payload(null, "attributes.note", "masked"),
                        new Redaction.Payload("law", null, "full")),
                "reversible");

        assertThat(redaction.faults()).isEmpty();
        RedactionRules record = redaction.toRecord();
        assertThat(record.getNamesList()).containsExactly("Anna Müller");
        assertThat(record.getPayloadsList())
                .containsExactly(
                        rule("hr", "input", "metadata_only"),
                        rule("", "attributes.note", "masked"),
                        rule("law", "", "full"));
        assertThat(record.getPseudonyms()).isEqualTo("reversible");
        assertThat(Redaction.NONE.toRecord().getPseudonyms()).isEqualTo("hash");
    }

    @Test
    void whatIsWrongWithNamesPayloadRulesAndPseudonymsIsNamed() {
        Redaction redaction = new Redaction(
                null,
                null,
                List.of("A", "Bo"),
                List.of(
                        new Redaction.Payload("hr", "inputs", "full"),
                        new Redaction.Payload("hr", "attributes.", "masked"),
                        new Redaction.Payload("x".repeat(257), "output", null)),
                "plain");

        assertThat(redaction.faults())
                .extracting(Fault::pointer)
                .containsExactly(
                        "/names/0",
                        "/payloads/0/field",
                        "/payloads/1/field",
                        "/payloads/2/feature",
                        "/payloads/2/mode",
                        "/pseudonyms");
        assertThat(redaction.faults().getLast().detail()).isEqualTo("must be hash or reversible: plain");
    }

    private static PayloadRule rule(String feature, String field, String mode) {
        return PayloadRule.newBuilder()
                .setFeature(feature)
                .setField(field)
                .setMode(mode)
                .build();
    }

    private static Redaction redaction(@Nullable String regex) {
        return redaction(List.of(new Redaction.Rule("ticket", regex)));
    }

    private static Redaction redaction(List<Redaction.Rule> patterns) {
        return new Redaction(null, patterns, null, null, null);
    }
}
