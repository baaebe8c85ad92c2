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
        String spans = generations.spans(tenants, during, bindings);
        if (rollup.isOfTags()) {
            spans = TagShares.of("FROM " + spans + " WHERE " + tenants + " AND " + during);
        }
        return """
                INSERT INTO %1$s (tenant, bucket, %2$s, %3$s, version, is_deleted) SETTINGS %13$s
                SELECT tenant, %4$s AS begun, %2$s,
                  %5$s,
                  %6$d, 0
                FROM %8$s
                WHERE %7$s AND %9$s AND toInt64(toUnixTimestamp(%4$s)) IN %10$s
                GROUP BY tenant, begun, %2$s
                UNION ALL
                SELECT tenant, bucket, %2$s, %11$s, %12$d, 1
                FROM %1$s FINAL
                WHERE %7$s AND %14$s AND toInt64(toUnixTimestamp(bucket)) IN %10$s""".formatted(
                rollup.table(),
                dimensions,
                columns,
                bucket,
                aggregates,
                version + 1,
                tenants,
                spans,
                during,
                buckets,
                nothing,
                version,
                ONE_BLOCK,
                "bucket >= " + bindings.second(starts.first()) + " AND bucket <= " + bindings.second(starts.last()));
    }
}
