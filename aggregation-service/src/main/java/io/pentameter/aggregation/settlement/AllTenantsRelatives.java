package io.pentameter.aggregation.settlement;

import static java.util.Map.entry;

import io.pentameter.aggregation.engine.AllTenantsQuery;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.Statements;
import io.pentameter.aggregation.mapping.Relative.Trace;
import io.pentameter.aggregation.mapping.SpanRows;
import io.pentameter.kit.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Reads the spans of traces, and writes those again that turn out otherwise than they are stored. */
final class AllTenantsRelatives {

    private static final Logger LOG = Logger.getLogger(AllTenantsRelatives.class);

    /** Spans of one look; traces that have more together are looked at apart. A trace that alone has more is not settled. */
    static final int MAX_SPANS = 100_000;

    /** Spans that one statement rewrites. */
    private static final int MAX_VERDICTS = 2_000;

    private static final String COLUMNS = """
            tenant, lower(hex(trace_id)) AS trace, lower(hex(span_id)) AS span, lower(hex(parent_span_id)) AS parent, kind,
            kind IN ('model_call', 'embedding', 'rerank') AND (has(warnings, 'usage_not_counted') OR (has_usage
              AND NOT (usage_source = 'client_cache' AND greatest(reported_input, reported_output, reported_total) < 0))) AS reports,
            response_id, toUnixTimestamp64Nano(start) AS start_ns, duration_ns, failure, failure_detail, failure_rule, error, model,
            feature, route, customer, user, session,
            toUnixTimestamp64Micro(received_at) AS receipt, reinterpretAsInt64(attempt_group) AS attempts, attempt_number,
            attempt_of, attempt_superseded, failure_hidden, usage_repeated, version %% %d != 0 AS rewritten\
            """.formatted(SpanRows.VERSIONS_PER_MICRO);

    private final Reads reads;
    private final Statements statements;
    private final AllTenantsRepriced repriced;
    private final int maxSpans;

    /** @param maxSpans of one look */
    AllTenantsRelatives(Reads reads, Statements statements, int maxSpans) {
        this.reads = reads;
        this.statements = statements;
        repriced = new AllTenantsRepriced(statements);
        this.maxSpans = maxSpans;
    }

    /**
     * Settles traces; returns the starts of the spans, by tenant, for which the whole trace says something else than their own
     * delivery did, or did so once: their rows may have been written just before a crash, and their buckets not yet marked.
     *
     * @param since earliest start of their spans, nanoseconds since the epoch
     */
    Map<String, List<Long>> settle(List<Trace> traces, long since) {
        Map<String, List<Long>> special = new HashMap<>();
        settle(traces, since, special);
        return special;
    }

    private void settle(List<Trace> traces, long since, Map<String, List<Long>> special) {
        Optional<Map<Trace, List<Step>>> found = read(traces, since);
        if (found.isPresent()) {
            decide(found.get(), since, special);
        } else if (traces.size() == 1) {
            LOG.warnf(
                    "a split trace is too large to be settled traceId=%s limit=%d",
                    AllTenantsSettlement.hex(traces.getFirst()), maxSpans);
        } else {
            settle(traces.subList(0, traces.size() / 2), since, special);
            settle(traces.subList(traces.size() / 2, traces.size()), since, special);
        }
    }

    private void decide(Map<Trace, List<Step>> byTrace, long since, Map<String, List<Long>> special) {
        Map<String, List<Verdict>> changes = new HashMap<>();
        byTrace.forEach((trace, steps) -> {
            Set<String> repeating = Relatives.repeating(steps);
            Relatives.Attempts attempts = Relatives.attempts(steps);
            Map<String, Step.Whose> inherited = Relatives.inherited(steps);
            for (Step step : steps) {
                Verdict verdict = Verdict.of(trace, step, repeating, attempts, inherited);
                boolean isOtherwise = !verdict.isStored(step);
                if (isOtherwise) {
                    changes.computeIfAbsent(trace.tenant(), _ -> new ArrayList<>())
                            .add(verdict);
                }
                if (isOtherwise
                        || step.rewritten()
                        || repeating.contains(step.span())
                        || attempts.places().containsKey(step.span())
                        || attempts.failures().containsKey(step.span())) {
                    special.computeIfAbsent(trace.tenant(), _ -> new ArrayList<>())
                            .add(step.startNs());
                }
            }
        });
        changes.forEach((tenant, verdicts) -> {
            for (int from = 0; from < verdicts.size(); from += MAX_VERDICTS) {
                List<Verdict> some = verdicts.subList(from, Math.min(verdicts.size(), from + MAX_VERDICTS));
                repriced.write(
                        tenant, some, since); // first: once the spans' own rows are right, nobody looks at them again
                write(tenant, some, since);
            }
        });
    }

    private record Found(String key, Step step) {}

    /** Empty if that is more than one look can take. */
    private Optional<Map<Trace, List<Step>>> read(Collection<Trace> traces, long since) {
        Map<String, Trace> byKey = new HashMap<>();
        traces.forEach(trace -> byKey.put(trace.tenant() + "\0" + AllTenantsSettlement.hex(trace), trace));
        Bindings bindings = new Bindings();
        String sql = "SELECT " + COLUMNS + " FROM span FINAL WHERE "
                + AllTenantsSettlement.condition(traces, bindings) + " AND start >= fromUnixTimestamp64Nano("
                + bindings.number(since) + ", 'UTC') LIMIT " + (maxSpans + 1);
        List<Found> found;
        try {
            found = reads.read(
                    new AllTenantsQuery(sql, bindings),
                    row -> new Found(row.getString("tenant") + "\0" + row.getString("trace"), step(row)));
        } catch (ProblemException e) {
            if (e.retryAfter() != null) { // the engine is away; else it says that the query is too much for it
                throw e;
            }
            return Optional.empty();
        }
        if (found.size() > maxSpans) {
            return Optional.empty();
        }
        Map<Trace, List<Step>> steps = new HashMap<>();
        for (Found one : found) {
            Trace trace = byKey.get(one.key());
            if (trace != null) {
                steps.computeIfAbsent(trace, _ -> new ArrayList<>()).add(one.step());
            }
        }
        return Optional.of(steps);
    }

    private static Step step(ResultSet row) throws SQLException {
        long start = row.getLong("start_ns");
        return new Step(
                row.getString("span"),
                row.getString("parent"),
                row.getString("kind"),
                row.getBoolean("reports"),
                row.getString("response_id"),
                start,
                start + row.getLong("duration_ns"),
                new Step.Failure(
                        row.getString("failure"),
                        row.getString("failure_detail"),
                        row.getBoolean("error"),
                        row.getString("failure_rule")),
                row.getString("model"),
                row.getLong("receipt"),
                new Step.Place(
                        row.getLong("attempts"),
                        row.getInt("attempt_number"),
                        row.getInt("attempt_of"),
                        row.getBoolean("attempt_superseded"),
                        row.getBoolean("failure_hidden")),
                new Step.Whose(
                        row.getString("feature"),
                        row.getString("route"),
                        row.getString("customer"),
                        row.getString("user"),
                        row.getString("session")),
                row.getBoolean("usage_repeated"),
                row.getBoolean("rewritten"));
    }

    private void write(String tenant, List<Verdict> verdicts, long since) {
        Bindings bindings = new Bindings();
        Set<Trace> traces = new HashSet<>();
        verdicts.forEach(verdict -> traces.add(verdict.trace()));
        String keys = bindings.texts(verdicts.stream()
                .map(verdict -> AllTenantsSettlement.hex(verdict.trace()) + verdict.span())
                .toList());
        String hidden = picked(verdicts, verdict -> verdict.place().hidden() ? 1 : 0, "UInt8");
        Map<String, String> replaced = Map.ofEntries(
                entry("feature", picked(verdicts, verdict -> verdict.whose().feature(), bindings)),
                entry("route", picked(verdicts, verdict -> verdict.whose().route(), bindings)),
                entry("customer", picked(verdicts, verdict -> verdict.whose().customer(), bindings)),
                entry("user", picked(verdicts, verdict -> verdict.whose().user(), bindings)),
                entry("session", picked(verdicts, verdict -> verdict.whose().session(), bindings)),
                entry("failure", picked(verdicts, verdict -> verdict.failure().word(), bindings)),
                entry(
                        "failure_detail",
                        picked(verdicts, verdict -> verdict.failure().detail(), bindings)),
                entry(
                        "failure_rule",
                        picked(verdicts, verdict -> verdict.failure().rule(), bindings)),
                entry("usage_repeated", picked(verdicts, verdict -> verdict.repeated() ? 1 : 0, "UInt8")),
                entry(
                        "attempt_number",
                        picked(verdicts, verdict -> verdict.place().number(), "UInt16")),
                entry("attempt_of", picked(verdicts, verdict -> verdict.place().of(), "UInt16")),
                entry(
                        "attempt_superseded",
                        picked(verdicts, verdict -> verdict.place().superseded() ? 1 : 0, "UInt8")),
                entry("failure_hidden", hidden),
                entry(
                        "severity",
                        "multiIf(" + hidden + " = 1, 'low', "
                                + picked(verdicts, verdict -> verdict.isFailureNew() ? 1 : 0, "UInt8") + " = 1, "
                                + picked(verdicts, verdict -> verdict.failure().isNone() ? "" : "high", bindings)
                                + ", s.severity)"),
                entry("version", "s.version + 1"));
        String columns = SpanRows.TABLE.columns().stream()
                .map(column -> replaced.getOrDefault(column, "s." + column))
                .collect(Collectors.joining(", "));
        String sql = "INSERT INTO span (" + String.join(", ", SpanRows.TABLE.columns()) + ") SELECT " + columns
                + " FROM (SELECT *, indexOf(" + keys + ", concat(lower(hex(trace_id)), lower(hex(span_id)))) AS place"
                + " FROM span FINAL WHERE " + AllTenantsSettlement.condition(traces, bindings)
                + " AND tenant = " + bindings.text(tenant)
                + " AND start >= fromUnixTimestamp64Nano(" + bindings.number(since) + ", 'UTC') AND place > 0) AS s";
        statements.run(sql, bindings);
    }

    private static String picked(List<Verdict> verdicts, ToIntFunction<Verdict> value, String type) {
        return verdicts.stream()
                .map(verdict -> String.valueOf(value.applyAsInt(verdict)))
                .collect(Collectors.joining(", ", "to" + type + "([", "][s.place])"));
    }

    private static String picked(List<Verdict> verdicts, Function<Verdict, String> value, Bindings bindings) {
        return bindings.texts(verdicts.stream().map(value).toList()) + "[s.place]";
    }
}
