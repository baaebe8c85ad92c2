package io.pentameter.alert.evaluation;

import io.pentameter.alert.rule.Condition;
import io.pentameter.alert.rule.Filter;
import io.pentameter.alert.rule.Rule;
import io.pentameter.alert.rule.RuleDefinition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What rules must have in common to be answered by one query, whosever they are. */
record RuleShape(List<String> measures, List<String> groupBy, List<Filter> filters, Duration window) {

    static RuleShape of(RuleDefinition definition) {
        Condition condition = definition.condition();
        List<String> measures = Stream.concat(
                        Stream.of(condition.measure().word()), condition.sampleOf().measures().stream())
                .distinct()
                .toList();
        return new RuleShape(
                measures,
                definition.subject().groupBy(),
                definition.subject().filters(),
                definition.subject().window());
    }

    /** The measure that tells how much a group's value rests on; of two, the last. */
    String sampleMeasure() {
        return measures.getLast();
    }

    /** The rules by shape, both in the order given. */
    static Map<RuleShape, List<Rule>> group(List<Rule> rules) {
        Map<RuleShape, List<Rule>> groups = new LinkedHashMap<>();
        for (Rule rule : rules) {
            groups.computeIfAbsent(of(rule.definition()), _ -> new java.util.ArrayList<>())
                    .add(rule);
        }
        return groups;
    }
}
