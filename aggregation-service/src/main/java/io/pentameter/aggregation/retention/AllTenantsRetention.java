package io.pentameter.aggregation.retention;

import io.pentameter.aggregation.engine.AllTenantsQuery;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Insertion;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.aggregation.engine.Statements;
import io.pentameter.aggregation.rollup.DirtySql;
import io.pentameter.aggregation.rollup.RollupTable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Deletes what is older than its tenant keeps it: everything that names somebody or holds what somebody wrote. Docs: decision 0018.
 *
 * <p>In two steps, so that no sum is lost. First it is written down since when the tenant's data is kept, once everything before is
 * sealed; from then on nothing before is sealed again. What still seals or reads at that moment has ended when, some time
 * later, the rows are deleted. Either step may be repeated. Not thread-safe.
 */
public final class AllTenantsRetention {

    /** What every table keeps at most, in days; the tables end it themselves. */
    static final int MOST_DAYS = 400;

    /** Tenants of one question. */
    private static final int MAX_TENANTS = 1_000;

    private static final List<String> COLUMNS = List.of("tenant", "since", "days", "at");

    private static final List<Expiring> EXPIRING = Stream.concat(
                    Stream.of(
                            new Expiring("span", "start"),
                            new Expiring("span_payload", "start"),
                            new Expiring("repriced_span", "start"),
                            new Expiring("score", "created_at"),
                            new Expiring("outcome", "occurred_at"),
                            new Expiring("client_metric", "at"),
                            new Expiring("dead_letter", "received_at")),
                    Arrays.stream(RollupTable.values())
                            .filter(RollupTable::endsWithRetention)
                            .map(rollup -> new Expiring(rollup.table(), "bucket")))
            .toList();

    private final Reads reads;
    private final Statements statements;
    private final Inserts inserts;
    private final InstantSource clock;
    private final Duration pause;
    private final Map<String, Instant> deleted = new HashMap<>();

    /** @param pause between the two steps: longer than a seal or a query takes */
    public AllTenantsRetention(
            Reads reads, Statements statements, Inserts inserts, InstantSource clock, Duration pause) {
        this.reads = reads;
        this.statements = statements;
        this.inserts = inserts;
        this.clock = clock;
        this.pause = pause;
    }

    /** A table, and the column that says how old a row is. */
    private record Expiring(String table, String time) {}

    private record Kept(String tenant, Instant since, Instant at) {}

    /**
     * Does what is due; returns how many tenants have something to be deleted that is not sealed yet.
     *
     * @param days     that tenants keep their data; whose days are not known keeps it as long as the tables do
     * @param isSealed whether buckets are sealed here at all: else nobody waits for it
     */
    public int look(Map<String, Integer> days, boolean isSealed) {
        Instant now = clock.instant();
        List<Kept> kept = kept();
        int waiting = begin(days, kept, now, isSealed);
        delete(kept.stream()
                .filter(one -> !one.at().isAfter(now.minus(pause)))
                .filter(one -> !one.since().equals(deleted.get(one.tenant())))
                .toList());
        return waiting;
    }

    private List<Kept> kept() {
        return reads.read(
                new AllTenantsQuery(
                        "SELECT tenant, toUnixTimestamp(max(since)), toUnixTimestamp64Milli(argMax(at, since))"
                                + " FROM kept_since GROUP BY tenant",
                        new Bindings()),
                row -> new Kept(
                        row.getString(1), Instant.ofEpochSecond(row.getLong(2)), Instant.ofEpochMilli(row.getLong(3))));
    }

    /** The first step. */
    private int begin(Map<String, Integer> days, List<Kept> kept, Instant now, boolean isSealed) {
        Map<String, Instant> before = kept.stream().collect(Collectors.toMap(Kept::tenant, Kept::since));
        Map<Integer, List<String>> due = new TreeMap<>();
        days.forEach((tenant, number) -> {
            if (number > 0
                    && number < MOST_DAYS
                    && since(now, number).isAfter(before.getOrDefault(tenant, Instant.EPOCH))) {
                due.computeIfAbsent(number, _ -> new ArrayList<>()).add(tenant);
            }
        });
        int waiting = 0;
        RowBinary rows = new RowBinary(1024);
        for (Map.Entry<Integer, List<String>> group : due.entrySet()) {
            Instant since = since(now, group.getKey());
            for (List<String> tenants : parts(group.getValue())) {
                Set<String> unsealed = isSealed ? unsealed(tenants, before, since) : Set.of();
                waiting += unsealed.size();
                tenants.stream()
                        .filter(tenant -> !unsealed.contains(tenant))
                        .forEach(tenant -> rows.string(tenant)
                                .int32(since.getEpochSecond())
                                .int16(group.getKey())
                                .int64(now.toEpochMilli())
                                .endRow());
            }
        }
        if (rows.rows() > 0
                && !(inserts.insert("kept_since", COLUMNS, rows, "kept since " + now) instanceof Insertion.Stored)) {
            throw new IllegalStateException("the engine does not take rows of kept_since");
        }
        return waiting;
    }

    /** Tenants that have days from which a rollup that stays is not sealed yet; the others go with the spans. */
    private Set<String> unsealed(List<String> tenants, Map<String, Instant> before, Instant since) {
        Instant from = tenants.stream()
                .map(tenant -> before.getOrDefault(tenant, Instant.EPOCH))
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Set<String> unsealed = new HashSet<>();
        for (RollupTable rollup : RollupTable.values()) {
            if (rollup.endsWithRetention()) {
                continue;
            }
            Bindings bindings = new Bindings();
            String sql = DirtySql.unsealed(rollup, "tenant IN " + bindings.texts(tenants), from, since, bindings);
            unsealed.addAll(reads.read(new AllTenantsQuery(sql, bindings), row -> row.getString(1)));
        }
        return unsealed;
    }

    /** The second step. The engine hides the rows at once, and takes them from the disk when it merges their parts. */
    private void delete(List<Kept> due) {
        if (due.isEmpty()) {
            return;
        }
        Map<Instant, List<String>> bySince = due.stream()
                .collect(Collectors.groupingBy(
                        Kept::since, TreeMap::new, Collectors.mapping(Kept::tenant, Collectors.toList())));
        for (Expiring expiring : EXPIRING) {
            Bindings bindings = new Bindings();
            String condition = bySince.entrySet().stream()
                    .map(entry -> "(tenant IN " + bindings.texts(entry.getValue()) + " AND " + expiring.time() + " < "
                            + bindings.second(entry.getKey()) + ")")
                    .collect(Collectors.joining(" OR "));
            statements.run(
                    "DELETE FROM " + expiring.table() + " WHERE " + condition
                            + " SETTINGS lightweight_deletes_sync = 0",
                    bindings);
        }
        due.forEach(one -> deleted.put(one.tenant(), one.since()));
    }

    private static Instant since(Instant now, int days) {
        return now.truncatedTo(ChronoUnit.DAYS).minus(days, ChronoUnit.DAYS);
    }

    private static List<List<String>> parts(List<String> tenants) {
        List<List<String>> parts = new ArrayList<>();
        for (int from = 0; from < tenants.size(); from += MAX_TENANTS) {
            parts.add(tenants.subList(from, Math.min(tenants.size(), from + MAX_TENANTS)));
        }
        return parts;
    }
}
