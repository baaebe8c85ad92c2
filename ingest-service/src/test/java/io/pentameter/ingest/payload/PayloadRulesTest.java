package io.pentameter.ingest.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.ingest.payload.PayloadRules.Attribute;
import io.pentameter.ingest.payload.PayloadRules.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadRulesTest {

    private static final String QUOTE = "gen_ai.input.messages";

    @Test
    void theFirstRuleThatAppliesCountsElseTheStandard() {
        PayloadRules rules = new PayloadRules(
                PayloadMode.MASKED,
                List.of(
                        new Rule("hr", "output", PayloadMode.FULL),
                        new Rule("hr", "", PayloadMode.METADATA_ONLY),
                        new Rule("", "input", PayloadMode.FULL)));

        assertThat(rules.output("hr")).isEqualTo(PayloadMode.FULL);
        assertThat(rules.input("hr")).isEqualTo(PayloadMode.METADATA_ONLY);
        assertThat(rules.input("search")).isEqualTo(PayloadMode.FULL);
        assertThat(rules.output("search")).isEqualTo(PayloadMode.MASKED);
        assertThat(rules.output("")).isEqualTo(PayloadMode.MASKED);
    }

    @Test
    void aRuleForAttributesAppliesToEachAndOneForAllFieldsToWhatMayQuote() {
        PayloadRules rules = new PayloadRules(
                PayloadMode.FULL,
                List.of(
                        new Rule("hr", "attributes.note", PayloadMode.MASKED),
                        new Rule("hr", "attributes", PayloadMode.METADATA_ONLY),
                        new Rule("law", "", PayloadMode.MASKED)));

        assertThat(rules.attribute("hr", "note")).isEqualTo(Attribute.MASKED);
        assertThat(rules.attribute("hr", "notes")).isEqualTo(Attribute.DROPPED);
        assertThat(rules.attribute("law", "note")).isEqualTo(Attribute.KEPT);
        assertThat(rules.attribute("law", QUOTE)).isEqualTo(Attribute.DROPPED);
        assertThat(rules.attribute("search", QUOTE)).isEqualTo(Attribute.KEPT);
        assertThat(new PayloadRules(PayloadMode.MASKED, List.of()).attribute("", QUOTE))
                .isEqualTo(Attribute.DROPPED);
    }
}
