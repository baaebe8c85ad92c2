package io.pentameter.aggregation.rollup;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.generation.Generations;
import java.time.Instant;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** SQL that makes the rows of sealed buckets. */
final class SealSql {

    /** Rows and bytes of one block of the insert: what fits appears at once, so that no reader sees half a seal. */
    private static final String ONE_BLOCK =
            "min_insert_block_size_rows = 4000000, min_insert_block_size_bytes = 800000000";

    private SealSql() {}

    /**
     * @param version     of the deletion marks; the rows have the next one
     * @param generations that are visible in the chunk
     */
    static String of(RollupTable rollup, Chunk chunk, Generations generations, long version, Bindings bindings) {
        String dimensions = String.join(", ", rollup.columns());
        String columns = rollup.bases().stream().map(Base::column).collect(Collectors.joining(", "));
        String aggregates = rollup.bases().stream()
                .map(base -> rollup.isOfTags() ? base.sharedExpression() : base.expression())
                .collect(Collectors.joining(",\n  "));
        String nothing = rollup.bases().stream().map(Base::nothing).collect(Collectors.joining(", "));
        long width = rollup.width().toSeconds();
        SortedSet<Instant> starts = chunk.starts();
        String tenants = "tenant IN " + bindings.texts(chunk.tenants());
        String buckets = Bindings.longNumbers(
                starts.stream().map(Instant::getEpochSecond).toList());
        String first = bindings.instant(starts.first());
        String end = bindings.instant(starts.last().plus(rollup.width()));
        String bucket = "toStartOfInterval(toDateTime(start, 'UTC'), INTERVAL " + width + " SECOND)";
        String during = "start >= " + first + " AND start < " + end;
        String ofBuckets =
                "bucket >= " + bindings.second(starts.first()) + " AND bucket <= " + bindings.second(starts.last());
        String made = """
                SELECT tenant, %1$s AS begun, %2$s,
                  %3$s,
                  %4$d, 0
                FROM %5$s
                WHERE %6$s AND %7$s AND toInt64(toUnixTimestamp(%1$s)) IN %8$s
                GROUP BY tenant, begun, %2$s
                UNION ALL
                """.formatted(
                        bucket,
                        dimensions,
                        aggregates,
                        version + 1,
                        spans(rollup, chunk, generations, tenants, during, bindings),
                        tenants,
                        during,
                        buckets);
        return """
                INSERT INTO %1$s (tenant, bucket, %2$s, %3$s, version, is_deleted) SETTINGS %4$s
                %5$sSELECT tenant, bucket, %2$s, %6$s, %7$d, 1
                FROM %1$s FINAL
                WHERE %8$s AND %9$s AND toInt64(toUnixTimestamp(bucket)) IN %10$s""".formatted(
                        rollup.table(),
                        dimensions,
                        columns,
                        ONE_BLOCK,
                        isEmpty(rollup, chunk) ? "" : made,
                        nothing,
                        version,
                        tenants,
                        ofBuckets,
                        buckets);
    }

    /** Whether nothing is declared any more: the old rows go, and no span is looked at. */
    private static boolean isEmpty(RollupTable rollup, Chunk chunk) {
        return rollup.isOfOwnDimensions() && chunk.attributes().isEmpty();
    }

    private static String spans(
            RollupTable rollup,
            Chunk chunk,
            Generations generations,
            String tenants,
            String during,
            Bindings bindings) {
        String spans = generations.spans(tenants, during, bindings);
        String where = "FROM " + spans + " WHERE " + tenants + " AND " + during;
        if (rollup.isOfTags()) {
            return TagShares.of(where);
        }
        return rollup.isOfOwnDimensions() ? OwnValues.of(where, chunk.attributes(), bindings) : spans;
    }
}
