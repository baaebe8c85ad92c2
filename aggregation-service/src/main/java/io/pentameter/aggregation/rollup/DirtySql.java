package io.pentameter.aggregation.rollup;

import io.pentameter.aggregation.engine.Bindings;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * SQL for buckets whose seal is missing, of an older layout, or older than their spans: fewer records had been taken or touched
 * then.
 */
public final class DirtySql {

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
     * A subquery with columns tenant, bucket, records, sealed_at, attributes of the dirty buckets.
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
                SELECT taken.tenant AS tenant, taken.start AS bucket, taken.records AS records, sealed_at, attributes
                FROM (%1$s) AS taken
                LEFT JOIN (
                  SELECT tenant, bucket AS start, argMax(records, version) AS records, max(sealed_at) AS sealed_at
                  FROM seal WHERE %3$s AND rollup = '%2$s' AND %4$s GROUP BY tenant, start) AS sealed
                USING (tenant, start)
                WHERE taken.records != sealed.records""".formatted(counted, rollup.sealName(), scope, window);
    }

    private static String counted(RollupTable rollup, String scope, String window) {
        return """
                SELECT tenant, start, taken + arrayCount(
                  change -> change.1 < start + INTERVAL %1$d SECOND AND change.2 > start, changes) AS records,
                  CAST([], 'Array(String)') AS attributes
                FROM (
                  SELECT tenant, toStartOfInterval(bucket, INTERVAL %1$d SECOND) AS start, sum(records) AS taken
                  FROM (
                    SELECT tenant, bucket, records FROM sunk WHERE %2$s AND reason = '' AND %3$s
                    UNION ALL
                    SELECT tenant, bucket, records FROM touched WHERE %2$s AND %3$s)
                  GROUP BY tenant, start) AS counted
                LEFT JOIN (
                  SELECT tenant, groupArray((begin, finish)) AS changes
                  FROM repricing_event FINAL WHERE %2$s GROUP BY tenant) AS repriced
                USING (tenant)""".formatted(rollup.width().toSeconds(), scope, window);
    }

    /** How often a tenant declared and what it declared last come from one look: a seal is never counted for more than it holds. */
    private static String withDeclarations(String counted, String scope) {
        return """
                SELECT tenant, start, undeclared.records + declared.times AS records, declared.latest AS attributes
                FROM (%1$s) AS undeclared
                LEFT JOIN (
                  SELECT tenant, uniqExact(change_id) AS times, argMax(attributes, (version, change_id)) AS latest
                  FROM own_dimension WHERE %2$s GROUP BY tenant) AS declared
                USING (tenant)""".formatted(counted, scope);
    }
}
