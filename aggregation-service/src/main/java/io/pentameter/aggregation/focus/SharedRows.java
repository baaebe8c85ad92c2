package io.pentameter.aggregation.focus;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.pool.SharedCosts.Part;
import io.pentameter.aggregation.pool.SharedCosts.PoolName;
import io.pentameter.aggregation.pool.SharedCosts.Share;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows of shared costs as SQL: shares are worked out in this process and handed to the engine as values, which writes them with the
 * columns of {@link FocusSql}.
 */
final class SharedRows {

    /** Shares in one file; they stand in the query. */
    static final int MAX_SHARES = 10_000;

    /** Letters of the names in it. */
    static final int MAX_LETTERS = 200_000;

    private static final List<Part> PARTS = List.of(Part.values());

    private final List<Share> shares;
    private final List<Dimension> by;

    /** @param by dimensions of the shares' elements */
    SharedRows(List<Share> shares, List<Dimension> by) {
        long letters = Stream.concat(
                        shares.stream()
                                .flatMap(share -> share.element().stream())
                                .distinct(),
                        shares.stream().map(share -> share.pool().name()).distinct())
                .mapToLong(String::length)
                .sum();
        if (shares.size() > MAX_SHARES || letters > MAX_LETTERS) {
            throw new ProblemException(
                    ProblemKind.UNPROCESSABLE,
                    "the file would have %d shares of pools, at most %d are allowed, with at most %d letters of names: ask for fewer days, allocateBy a dimension of fewer values, or shared=exclude"
                            .formatted(shares.size(), MAX_SHARES, MAX_LETTERS));
        }
        this.shares = List.copyOf(shares);
        this.by = List.copyOf(by);
    }

    boolean isEmpty() {
        return shares.isEmpty();
    }

    BigDecimal total() {
        return shares.stream().map(Share::usd).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** A query with the columns that {@link FocusSql} wants of each row. */
    String sql(String tenant, Bindings bindings) {
        Map<String, Integer> names = new LinkedHashMap<>();
        Map<PoolName, Integer> pools = new LinkedHashMap<>();
        shares.forEach(share -> {
            pools.putIfAbsent(share.pool(), pools.size() + 1);
            share.element().forEach(name -> names.putIfAbsent(name, names.size() + 1));
        });
        List<String> columns = new ArrayList<>();
        columns.add(Bindings.longNumbers(shares.stream()
                .map(share -> share.day().atStartOfDay(ZoneOffset.UTC).toEpochSecond())
                .toList()));
        columns.add(Bindings.longNumbers(shares.stream()
                .map(share -> share.usd().movePointRight(9).longValueExact())
                .toList()));
        columns.add(Bindings.longNumbers(shares.stream()
                .map(share -> (long) pools.getOrDefault(share.pool(), 0))
                .toList()));
        columns.add(Bindings.longNumbers(shares.stream()
                .map(share -> (long) PARTS.indexOf(share.part()) + 1)
                .toList()));
        for (int i = 0; i < by.size(); i++) {
            int step = i;
            columns.add(Bindings.longNumbers(shares.stream()
                    .map(share -> share.element().isEmpty()
                            ? 0L
                            : (long) names.getOrDefault(share.element().get(step), 0))
                    .toList()));
        }
        String values = Bindings.longTexts(names.keySet());
        String labels = IntStream.range(0, by.size())
                .mapToObj(i -> bindings.text(by.get(i).word()) + ", " + values + "[row." + (i + 5) + "]")
                .collect(Collectors.joining(", ", "mapFilter((name, value) -> value != '', map(", "))"));
        List<PoolName> all = List.copyOf(pools.keySet());
        return """
                SELECT toDateTime(row.1, 'UTC') AS begun, begun + INTERVAL 1 DAY AS ended, %1$s AS tenant_name,
                  tenant_name AS provider_name, '' AS model, '' AS region, %2$s[row.3] AS price_id,
                  %3$s[row.3] AS price_version, '' AS tier, 'shared' AS class, 'Shared Costs' AS meter, 'USD' AS unit,
                  %4$s AS labels,
                  CAST(1, 'Nullable(Decimal(38, 18))') AS price,
                  toInt64(1) AS units, toUInt64(0) AS calls,
                  toDecimal128(row.2, 9) / toDecimal128(1000000000, 0) AS usd,
                  %5$s[row.3] AS pool_name, %6$s[row.3] AS pool_kind, %7$s[row.3] AS method, %8$s[row.3] AS measure,
                  %10$s[row.4] AS part_of_pool
                FROM (SELECT arrayJoin(arrayZip(%9$s)) AS row)""".formatted(
                        bindings.text(tenant),
                        texts(all.stream().map(PoolName::id)),
                        texts(all.stream().map(pool -> String.valueOf(pool.version()))),
                        labels,
                        texts(all.stream().map(PoolName::name)),
                        texts(all.stream().map(PoolName::kind)),
                        texts(all.stream().map(PoolName::method)),
                        texts(all.stream().map(PoolName::measure)),
                        String.join(", ", columns),
                        texts(PARTS.stream().map(Part::word)));
    }

    private static String texts(Stream<String> texts) {
        return Bindings.longTexts(texts.toList());
    }
}
