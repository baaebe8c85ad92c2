package io.pentameter.alert.lifecycle;

import io.pentameter.alert.identity.Ids;
import io.pentameter.alert.lifecycle.AlertState.Firing;
import io.pentameter.alert.lifecycle.AlertState.Inactive;
import io.pentameter.alert.lifecycle.AlertState.Pending;
import io.pentameter.alert.lifecycle.AlertState.Resolution;
import io.pentameter.alert.lifecycle.AlertState.Resolved;
import io.pentameter.alert.rule.Observation;
import io.pentameter.alert.rule.Rule;
import io.pentameter.alert.rule.RuleChangeListener;
import io.pentameter.alert.rule.Verdict;
import io.pentameter.alert.store.PostgresTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Moves alerts through their lives.
 *
 * <p>State, transition record and notices are written in one transaction, so that a crash leaves all of them or none;
 * looking twice at the same numbers changes nothing, because the rule remembers how far it was evaluated.
 */
@ApplicationScoped
public class PostgresAlertBook implements RuleChangeListener {

    /** What a group calls the period that its alert speaks of, by the period's first day. */
    public static final String PERIOD = "period";

    private final PostgresAlerts alerts;
    private final PostgresTransitions transitions;
    private final InstantSource clock;
    private final Ids ids;

    PostgresAlertBook(PostgresAlerts alerts, PostgresTransitions transitions, InstantSource clock, Ids ids) {
        this.alerts = alerts;
        this.transitions = transitions;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * What the numbers say about one rule. Where its line differs from group to group, the rule has several looks.
     *
     * @param groups each group that has numbers; open alerts of groups that are in no look of the rule have no evidence
     */
    public record Look(Rule rule, Map<Map<String, String>, Observation> groups) {

        public Look {
            groups = Map.copyOf(groups);
        }
    }

    /** One alert before and after. */
    private record Move(Rule rule, PostgresAlertRow row, boolean isNew, AlertState before, List<AlertState> path) {}

    /** Returns the words of the states that alerts came to. */
    public List<String> advance(PostgresTransaction transaction, List<Look> looks, Instant at) {
        List<String> ruleIds = looks.stream().map(look -> look.rule().id()).toList();
        Map<String, PostgresAlertRow> open = new HashMap<>();
        for (PostgresAlertRow row : alerts.lockOpen(transaction, ruleIds)) {
            open.put(row.fingerprint, row);
        }
        List<Move> moves = new ArrayList<>();
        looks.stream()
                .collect(Collectors.groupingBy(look -> look.rule().id(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(ofOneRule -> decide(ofOneRule, open, at, moves));
        List<String> reached = new ArrayList<>();
        moves.forEach(move -> reached.addAll(write(transaction, move, at)));
        return reached;
    }

    /** Ends a rule's open alerts at once. */
    @Override
    public void alertsHaveLostTheirRule(PostgresTransaction transaction, Rule rule, Cause cause) {
        Instant at = clock.instant();
        Resolution resolution = switch (cause) {
            case RULE_DELETED -> Resolution.RULE_DELETED;
            case RULE_DISABLED -> Resolution.RULE_DISABLED;
            case RULE_CHANGED -> Resolution.RULE_CHANGED;
        };
        end(transaction, rule, _ -> true, resolution, at);
    }

    /**
     * Ends those open alerts of a rule whose group tells a period that is over. Returns the words of the states that they
     * came to.
     *
     * @param going periods that are not over
     */
    public List<String> endPeriods(PostgresTransaction transaction, Rule rule, Set<String> going, Instant at) {
        Predicate<Map<String, String>> isOver = group -> !going.contains(group.getOrDefault(PERIOD, ""));
        return end(transaction, rule, isOver, Resolution.PERIOD_OVER, at);
    }

    private List<String> end(
            PostgresTransaction transaction,
            Rule rule,
            Predicate<Map<String, String>> ofGroup,
            Resolution resolution,
            Instant at) {
        List<String> reached = new ArrayList<>();
        for (PostgresAlertRow row : alerts.lockOpen(transaction, Set.of(rule.id()))) {
            if (ofGroup.test(GroupText.read(row.dimensions))) {
                AlertState before = row.toState();
                AlertState after = switch (before) {
                    case Pending pending -> pending.relax();
                    case Firing firing -> firing.resolve(at, resolution);
                    case Inactive _, Resolved _ -> before;
                };
                reached.addAll(write(transaction, new Move(rule, row, false, before, List.of(after)), at));
            }
        }
        return reached;
    }

    private record Told(Rule rule, Observation observation) {}

    private void decide(List<Look> looks, Map<String, PostgresAlertRow> open, Instant at, List<Move> moves) {
        Rule any = looks.getFirst().rule();
        Map<String, Told> byFingerprint = new HashMap<>();
        looks.forEach(look -> look.groups().forEach((group, observation) -> {
            Rule rule = look.rule();
            String fingerprint = Fingerprint.of(rule.tenant(), rule.id(), group).text();
            byFingerprint.put(fingerprint, new Told(rule, observation));
            if (!open.containsKey(fingerprint)) {
                move(rule, inactive(rule, fingerprint, group), true, observation, at, moves);
            }
        }));
        open.values().stream().filter(row -> row.ruleId.equals(any.id())).forEach(row -> {
            Told told = byFingerprint.getOrDefault(row.fingerprint, new Told(any, Observation.ABSENT));
            move(told.rule(), row, false, told.observation(), at, moves);
        });
    }

    private static void move(
            Rule rule, PostgresAlertRow row, boolean isNew, Observation observation, Instant at, List<Move> moves) {
        AlertState before = isNew ? new Inactive() : row.toState();
        Verdict verdict = rule.definition().condition().judge(observation, before instanceof Firing);
        List<AlertState> path = new Lifecycle(rule.definition().timing()).advance(before, verdict, at);
        if (path.isEmpty()) {
            return;
        }
        switch (verdict) {
            case Verdict.Breached(BigDecimal value, long sample) -> figures(row, rule, value, sample);
            case Verdict.Calm(BigDecimal value, long sample) -> figures(row, rule, value, sample);
            case Verdict.NoEvidence _ -> {
                // the last known figures stay
            }
        }
        moves.add(new Move(rule, row, isNew, before, path));
    }

    private static void figures(PostgresAlertRow row, Rule rule, BigDecimal value, long sample) {
        row.threshold = rule.definition().condition().threshold();
        row.value = value;
        row.sample = sample;
    }

    private PostgresAlertRow inactive(Rule rule, String fingerprint, Map<String, String> group) {
        PostgresAlertRow row = new PostgresAlertRow();
        row.id = ids.next("alert");
        row.tenant = rule.tenant();
        row.ruleId = rule.id();
        row.fingerprint = fingerprint;
        row.dimensions = GroupText.write(group);
        row.value = BigDecimal.ZERO;
        return row;
    }

    private List<String> write(PostgresTransaction transaction, Move move, Instant at) {
        PostgresAlertRow row = move.row();
        row.ruleName = move.rule().definition().name();
        row.severity = move.rule().definition().severity().word();
        AlertState last = move.path().getLast();
        if (last instanceof Inactive) {
            transaction.executeSql("delete from alert where id = :id", Map.of("id", row.id));
        } else {
            move.path().forEach(row::take);
            if (move.isNew()) {
                transaction.insert(row);
            } else {
                transaction.update(row);
            }
        }
        List<String> reached = new ArrayList<>();
        AlertState before = move.before();
        for (AlertState state : move.path()) {
            if (!state.getClass().equals(before.getClass())) {
                reached.add(transitions.tell(transaction, move.rule(), row, state, at));
            }
            before = state;
        }
        return reached;
    }
}
