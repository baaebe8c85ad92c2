package io.pentameter.aggregation.settlement;

import io.pentameter.aggregation.engine.AllTenantsQuery;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.aggregation.engine.Statements;
import io.pentameter.aggregation.mapping.Relative;
import io.pentameter.aggregation.mapping.Relative.Trace;
import io.pentameter.kit.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settles split traces in the engine: reads their spans, decides, writes the rows again that turn out otherwise, and marks their
 * buckets as touched, so that they are sealed again.
 *
 * <p>It runs on the sink's thread, between the insert of the spans and the count of what was taken; all spans of a trace come in
 * one partition, so nobody else settles the same trace. What is decided depends only on the rows that are stored; after a crash
 * it is decided again with the same result, and the mark, which has the batch's token, is made once.
 *
 * <p>A batch without split traces costs one look whether its tenants have any.
 */
public final class AllTenantsSettlement implements Settlement {

    /** Spans that began so long before the earliest known one of a split trace are not looked for. */
    static final long REACH_NS = 3_600_000_000_000L;

    /** Traces of one look. */
    private static final int MAX_TRACES = 500;

    /** Ids of one look whether traces are split. */
    private static final int MAX_IDS = 4_000;

    private static final List<String> SPLIT_COLUMNS = List.of("tenant", "trace_id", "start");
    private static final List<String> TOUCHED_COLUMNS = List.of("tenant", "bucket", "cause", "records");
    private static final long BUCKET_NS = 300_000_000_000L;

    private final Reads reads;
    private final Inserts inserts;
    private final AllTenantsRelatives relatives;

    public AllTenantsSettlement(Reads reads, Statements statements, Inserts inserts) {
        this.reads = reads;
        this.inserts = inserts;
        relatives = new AllTenantsRelatives(reads, statements, AllTenantsRelatives.MAX_SPANS);
    }

    @Override
    public Optional<String> settle(Collection<Relative> spans, String token) {
        BatchTraces traces = BatchTraces.of(spans);
        if (traces.split().isEmpty() && traces.possible().isEmpty()) {
            return Optional.empty();
        }
        try {
            Map<Trace, Long> known = known(traces);
            RowBinary fresh = rowsOf(traces.split(), known);
            if (fresh.rows() > 0
                    && inserts.insert("split_trace", SPLIT_COLUMNS, fresh, token)
                            instanceof Insertion.Away(String reason)) {
                return Optional.of(reason);
            }
            Map<Trace, Long> candidates = new HashMap<>(traces.split());
            known.forEach((trace, start) -> candidates.merge(trace, start, Math::min));
            traces.possible()
                    .forEach((trace, start) ->
                            candidates.computeIfPresent(trace, (_, earlier) -> Math.min(earlier, start)));
            return settleAll(candidates, token);
        } catch (ProblemException | IllegalStateException e) {
            return Optional.of("settlement: " + e.getMessage());
        }
    }

    private Optional<String> settleAll(Map<Trace, Long> candidates, String token) {
        List<Map.Entry<Trace, Long>> inOrder = new ArrayList<>(candidates.entrySet());
        inOrder.sort(Comparator.comparingLong(Map.Entry<Trace, Long>::getValue)
                .thenComparing(entry -> entry.getKey().tenant()));
        Map<String, List<Long>> special = new TreeMap<>();
        for (int from = 0; from < inOrder.size(); from += MAX_TRACES) {
            List<Map.Entry<Trace, Long>> some = inOrder.subList(from, Math.min(inOrder.size(), from + MAX_TRACES));
            long since = some.getFirst().getValue() - REACH_NS;
            relatives
                    .settle(some.stream().map(Map.Entry::getKey).toList(), since)
                    .forEach((tenant, starts) -> special.computeIfAbsent(tenant, _ -> new ArrayList<>())
                            .addAll(starts));
        }
        return mark(special, token);
    }

    /** Marks the buckets of spans as touched; returns why the engine is away, or nothing if it is done. */
    private Optional<String> mark(Map<String, List<Long>> starts, String token) {
        Map<String, Map<Long, Long>> touched = new TreeMap<>();
        starts.forEach((tenant, times) -> times.forEach(start -> touched.computeIfAbsent(tenant, _ -> new TreeMap<>())
                .merge(Math.floorDiv(start, BUCKET_NS) * 300, 1L, Long::sum)));
        RowBinary rows = new RowBinary(1024);
        touched.forEach((tenant, buckets) -> buckets.forEach((bucket, count) ->
                rows.string(tenant).int32(bucket).string("settled").int64(count).endRow()));
        if (rows.rows() == 0) {
            return Optional.empty();
        }
        return switch (inserts.insert("touched", TOUCHED_COLUMNS, rows, token)) {
            case Insertion.Stored _ -> Optional.empty();
            case Insertion.Away(String reason) -> Optional.of(reason);
            case Insertion.Refused(String reason) -> Optional.of("bookkeeping refused: " + reason);
        };
    }

    /** Those of the batch's traces that are known to be split, with the earliest start written down. */
    private Map<Trace, Long> known(BatchTraces traces) {
        List<Trace> all = new ArrayList<>(traces.split().keySet());
        all.addAll(traces.possible().keySet());
        List<String> tenants = tenantsWithSplitTraces(all);
        List<Trace> asked =
                all.stream().filter(trace -> tenants.contains(trace.tenant())).toList();
        Map<Trace, Long> known = new HashMap<>();
        for (int from = 0; from < asked.size(); from += MAX_IDS) {
            List<Trace> some = asked.subList(from, Math.min(asked.size(), from + MAX_IDS));
            Map<String, Trace> byKey = new HashMap<>();
            some.forEach(trace -> byKey.put(trace.tenant() + "\0" + hex(trace), trace));
            Bindings bindings = new Bindings();
            String sql = "SELECT tenant, lower(hex(trace_id)) AS trace, toUnixTimestamp(min(start)) FROM split_trace"
                    + " WHERE " + condition(some, bindings) + " GROUP BY tenant, trace_id";
            reads.read(new AllTenantsQuery(sql, bindings), row -> {
                Trace trace = byKey.get(row.getString(1) + "\0" + row.getString(2));
                if (trace != null) {
                    known.put(trace, row.getLong(3) * 1_000_000_000L);
                }
                return 0;
            });
        }
        return known;
    }

    private List<String> tenantsWithSplitTraces(Collection<Trace> traces) {
        Bindings bindings = new Bindings();
        String sql = "SELECT DISTINCT tenant FROM split_trace WHERE tenant IN "
                + bindings.texts(traces.stream().map(Trace::tenant).distinct().toList());
        return reads.read(new AllTenantsQuery(sql, bindings), row -> row.getString(1));
    }

    private static RowBinary rowsOf(Map<Trace, Long> split, Map<Trace, Long> known) {
        RowBinary rows = new RowBinary(1024);
        split.forEach((trace, start) -> {
            Long written = known.get(trace);
            if (written == null || Math.floorDiv(start, 1_000_000_000L) * 1_000_000_000L < written) {
                rows.string(trace.tenant())
                        .fixed(trace.traceId().toByteArray(), 16)
                        .int32(Math.floorDiv(start, 1_000_000_000L))
                        .endRow();
            }
        });
        return rows;
    }

    /** Confines a table to traces, in a form that its keys and indexes can use. */
    static String condition(Collection<Trace> traces, Bindings bindings) {
        return "tenant IN "
                + bindings.texts(traces.stream().map(Trace::tenant).distinct().toList())
                + " AND trace_id IN (SELECT toFixedString(unhex(arrayJoin("
                + bindings.texts(traces.stream()
                        .map(AllTenantsSettlement::hex)
                        .distinct()
                        .toList())
                + ")), 16))";
    }

    static String hex(Trace trace) {
        return HexFormat.of().formatHex(trace.traceId().toByteArray());
    }
}
