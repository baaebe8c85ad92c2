package io.pentameter.alert.evaluation;

import io.pentameter.alert.lifecycle.PostgresAlertBook.Look;
import io.pentameter.alert.rule.Condition;
import io.pentameter.alert.rule.Observation;
import io.pentameter.alert.rule.Rule;
import io.pentameter.alert.rule.Subject;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns an answer into what it says about each rule. */
final class Looks {

    private Looks() {}

    /**
     * What the answer says about one rule: its tenant's groups, those with the largest samples if there are more than it
     * looks at. A rule without dimensions always has its one group, with numbers or without.
     *
     * @param series of the rule's tenant
     */
    static Look of(Rule rule, List<MetricAnswer.Series> series) {
        Subject subject = rule.definition().subject();
        Map<Map<String, String>, Observation> all = new HashMap<>();
        if (subject.groupBy().isEmpty()) {
            all.put(Map.of(), Observation.ABSENT);
        }
        for (MetricAnswer.Series one : series) {
            Map<String, String> group = new HashMap<>();
            subject.groupBy().forEach(name -> group.put(name, one.group().getOrDefault(name, "")));
            all.put(Map.copyOf(group), observation(rule.definition().condition(), one));
        }
        Map<Map<String, String>, Observation> kept = new LinkedHashMap<>();
        all.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<Map<String, String>, Observation> entry) ->
                                entry.getValue().sample())
                        .reversed())
                .limit(subject.groupLimit())
                .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
        return new Look(rule, kept);
    }

    /** How many series of each tenant to ask for: one more than any rule looks at, which tells that there are more. */
    static int limit(List<Rule> rules) {
        return 1
                + rules.stream()
                        .mapToInt(rule -> rule.definition().subject().groupLimit())
                        .max()
                        .orElse(0);
    }

    /** At least how many groups a rule does not look at. */
    static int cut(Rule rule, List<MetricAnswer.Series> series) {
        return Math.max(0, series.size() - rule.definition().subject().groupLimit());
    }

    private static Observation observation(Condition condition, MetricAnswer.Series series) {
        BigDecimal sample = BigDecimal.ZERO;
        for (String measure : condition.sampleOf().measures()) {
            BigDecimal part = series.values().get(measure);
            sample = part == null ? sample : sample.add(part);
        }
        return new Observation(
                series.values().get(condition.measure().word()),
                sample.max(BigDecimal.ZERO).longValue());
    }
}
