package io.pentameter.aggregation.rollup;

import io.pentameter.aggregation.engine.Bindings;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * SQL for buckets whose seal is missing, of an older layout, or older than their spans: fewer records had been taken or touched
 * then.
 *
 * <p>A bucket is <em>past</em> when spans of it may be gone, by its tenant's retention or the table's. From its spans it could only be
 * sealed with less. So whatever seal it has counts, of any layout, and it is not sealed again. One that has none is empty, whatever came since; but
 * where the narrowest rollup has seals of its time, this rollup is younger than they are, and it is dirty for ever: it is read from another.
 */
public final class DirtySql {

    /** Days that the table of spans keeps them, less one: a day's bucket begins to lose spans then. */
    private static final int KEPT_DAYS = 399;

    private DirtySql() {}

    /** A dirty bucket. */
    public record Start(RollupTable rollup, Instant at) {

        /** Of a row of {@link #starts}. */
        public static Start of(String rollup, long at) {
            return new Start(RollupTable.valueOf(rollup), Instant.ofEpochSecond(at));
        }
    }

    /**
     * A query for the dirty buckets of some rollups that begin in a time: columns rollup, at (seconds since the epoch).
     *
     * @param rollups one at least
     * @param scope   condition that confines the tenants; stands in it once for each table
     */
    public static String starts(
            Collection<RollupTable> rollups, String scope, Instant from, Instant to, Bindings bindings) {
        String window = "bucket >= " + bindings.second(from) + " AND bucket < " + bindings.second(to);
        return rollups.stream()
                .map(rollup -> "SELECT DISTINCT '%s' AS rollup, toUnixTimestamp(bucket) AS at FROM (%s)"
                        .formatted(rollup.name(), of(rollup, scope, window)))
                .collect(Collectors.joining(" UNION ALL "));
    }

    /**
     * A query for the tenants with dirty buckets of a rollup that begin in a time and are not past: column tenant.
     *
     * @param scope condition that confines the tenants; stands in it once for each table
     */
    public static String unsealed(RollupTable rollup, String scope, Instant from, Instant to, Bindings bindings) {
        return "SELECT DISTINCT tenant FROM ("
                + of(rollup, scope, "bucket >= " + bindings.second(from) + " AND bucket < " + bindings.second(to))
                + ") WHERE NOT past";
    }

    /**
     * A subquery with columns tenant, bucket, records, sealed_at, past, attributes of the dirty buckets.
     *
     * <p>The records of a bucket are what the sink took and what touched it, one more each time that a repricing of its
     * time became visible or invisible, and, where own dimensions are kept, one more each time that the tenant declared
     * others: each makes the seal old.
     *
     * @param scope  condition that confines the tenants; stands in it once for each table
     * @param window condition on a column {@code bucket}; stands in it three times
     */
    static String of(RollupTable rollup, String scope, String window) {
        String counted = rollup.isOfOwnDimensions()
                ? withDeclarations(counted(rollup, scope, window), scope)
                : counted(rollup, scope, window);
        return """
                SELECT taken.tenant AS tenant, taken.start AS bucket, taken.records AS records, sealed_at, past, attributes
                FROM (%8$s) AS taken
                LEFT JOIN (
                  SELECT tenant, toStartOfInterval(bucket, INTERVAL %1$d SECOND) AS start,
                    argMaxIf(records, version, rollup = '%2$s') AS records, maxIf(sealed_at, rollup = '%2$s') AS sealed_at,
                    countIf(rollup IN %5$s) AS own, count() AS known
                  FROM seal WHERE %3$s AND %4$s AND (rollup IN %5$s OR (rollup IN %7$s AND bucket < (
                    SELECT greatest(max(since), toStartOfDay(now('UTC')) - INTERVAL %6$d DAY) FROM kept_since WHERE %3$s)))
                  GROUP BY tenant, start) AS sealed
                USING (tenant, start)
                WHERE if(past, own = 0 AND known > 0, taken.records != sealed.records)""".formatted(
                        rollup.width().toSeconds(),
                        rollup.sealName(),
                        scope,
                        window,
                        names(rollup),
                        KEPT_DAYS,
                        names(RollupTable.ROLLUP_MODEL_5M),
                        counted);
    }

    private static String names(RollupTable rollup) {
        return rollup.sealNames().stream().collect(Collectors.joining("', '", "('", "')"));
    }

    private static String counted(RollupTable rollup, String scope, String window) {
        return """
                SELECT tenant, start, taken + arrayCount(
                    change -> change.1 < start + INTERVAL %1$d SECOND AND change.2 > start, changes) AS records,
                  start < greatest(since, toStartOfDay(now('UTC')) - INTERVAL %4$d DAY) AS past,
                  CAST([], 'Array(String)') AS attributes
                FROM (
                  SELECT tenant, toStartOfInterval(bucket, INTERVAL %1$d SECOND) AS start, sum(records) AS taken
                  FROM (
                    SELECT tenant, bucket, records FROM sunk WHERE %2$s AND reason = '' AND %3$s
                    UNION ALL
                    SELECT tenant, bucket, records FROM touched WHERE %2$s AND %3$s)
                  GROUP BY tenant, start) AS counted
                LEFT JOIN (
                  SELECT tenant, groupArrayArray(change) AS changes, max(kept) AS since
                  FROM (
                    SELECT tenant, [(begin, finish)] AS change, toDateTime(0, 'UTC') AS kept
                    FROM repricing_event FINAL WHERE %2$s
                    UNION ALL
                    SELECT tenant, [], since FROM kept_since WHERE %2$s)
                  GROUP BY tenant) AS told
                USING (tenant)""".formatted(rollup.width().toSeconds(), scope, window, KEPT_DAYS);
    }

    /** How often a tenant declared and what it declared last come from one look: a seal is never counted for more than it holds. */
    private static String withDeclarations(String counted, String scope) {
        return """
                SELECT tenant, start, undeclared.records + declared.times AS records, past, declared.latest AS attributes
                FROM (%1$s) AS undeclared
                LEFT JOIN (
                  SELECT tenant, uniqExact(change_id) AS times, argMax(attributes, (version, change_id)) AS latest
                  FROM own_dimension WHERE %2$s GROUP BY tenant) AS declared
                USING (tenant)""".formatted(counted, scope);
    }
}
