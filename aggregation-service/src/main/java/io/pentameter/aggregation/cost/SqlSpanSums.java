package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.ReadPlan;
import io.pentameter.aggregation.metrics.Window;
import io.pentameter.aggregation.rollup.Base;
import io.pentameter.aggregation.rollup.DirtySql;
import io.pentameter.aggregation.rollup.RollupTable;
import io.pentameter.aggregation.rollup.TagShares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * SQL for partial sums of a cost query: one row per group and source, a column {@code g<i>} for each dimension but the class of
 * tokens, {@code u_<additive>} for each of {@link Additive}, and {@code u_<base>} for what is asked for besides.
 *
 * <p>Sealed buckets are read from the rollups that have all dimensions and filters, the widest buckets first; what is left, and
 * everything where no rollup has them, from the spans.
 */
final class SqlSpanSums {

    private final Reads reads;
    private final String tenant;
    private final CostQuery query;
    private final Set<Base> besides;
    private final Sources sources;
    private final SqlLedger ledger;

    /**
     * From where sums may come.
     *
     * @param own attribute that the tenant has declared, so that it is in a rollup; empty for none
     */
    record Sources(boolean useRollups, String own) {}

    SqlSpanSums(Reads reads, String tenant, CostQuery query, Set<Base> besides, Sources sources) {
        this.reads = reads;
        this.tenant = tenant;
        this.query = query;
        this.besides = besides;
        this.sources = sources;
        this.ledger = SqlLedger.of(reads, tenant, query.window(), query.basis());
    }

    String sql(Bindings bindings) {
        List<RollupTable> rollups = rollups();
        ReadPlan plan = ReadPlan.of(query.window(), rollups, () -> dirty(rollups));
        List<String> parts = new ArrayList<>();
        plan.sealed().forEach(part -> parts.add(sealed(part, bindings)));
        if (!plan.raw().isEmpty()) {
            parts.add(raw(plan.raw(), bindings));
        }
        return String.join("\nUNION ALL\n", parts);
    }

    private List<RollupTable> rollups() {
        if (!sources.useRollups() || (query.basis() != PriceBasis.AS_PRICED_NOW && !ledger.isInRollups())) {
            return List.of();
        }
        List<String> columns = new ArrayList<>();
        dimensions()
                .mapToObj(i -> query.groupBy().get(i))
                .forEach(group -> columns.add(
                        group instanceof CostDimension.OfSpan(Dimension dimension)
                                ? column(dimension)
                                : group.column()));
        for (Filter filter : query.filters()) {
            columns.add(filter.dimensionOrEmpty().map(this::column).orElse(""));
        }
        List<Base> bases = Stream.concat(Arrays.stream(Additive.values()).map(Additive::base), besides.stream())
                .toList();
        return RollupTable.levels(columns, bases, query.window().length(), Optional.empty());
    }

    /** In rollups; empty if it is in none. */
    private String column(Dimension dimension) {
        return isOwn(dimension) ? RollupTable.OWN_VALUE : dimension.column();
    }

    private boolean isOwn(Dimension dimension) {
        return !sources.own().isEmpty() && dimension.attribute().equals(sources.own());
    }

    private IntStream dimensions() {
        return IntStream.range(0, query.groupBy().size())
                .filter(i -> !(query.groupBy().get(i) instanceof CostDimension.TokenClass));
    }

    private List<DirtySql.Start> dirty(List<RollupTable> rollups) {
        Bindings bindings = new Bindings();
        Window window = query.window();
        String sql = DirtySql.starts(rollups, TenantQuery.TENANT, window.from(), window.to(), bindings);
        return reads.read(
                new TenantQuery(tenant, sql, bindings), row -> DirtySql.Start.of(row.getString(1), row.getLong(2)));
    }

    private String sealed(ReadPlan.Sealed part, Bindings bindings) {
        Function<Dimension, String> values =
                dimension -> isOwn(dimension) ? RollupTable.OWN_VALUE : dimension.sql(bindings);
        String own = part.rollup().isOfOwnDimensions()
                ? " AND " + RollupTable.OWN_KEY + " = " + bindings.text(sources.own())
                : "";
        return "SELECT " + groups(values) + sums(false) + " FROM "
                + part.rollup().table() + " FINAL WHERE " + TenantQuery.TENANT + own + " AND " + part.during(bindings)
                + LedgerSql.conditions(query.filters(), bindings, values);
    }

    private String raw(List<Window> windows, Bindings bindings) {
        String during = windows.stream()
                .map(window -> LedgerSql.during(window, bindings))
                .collect(Collectors.joining(") OR (", "((", "))"));
        String spans = ledger.spans(during, query.filters(), bindings);
        String names = dimensions().mapToObj(i -> "g" + i).collect(Collectors.joining(", "));
        return "SELECT " + groups(dimension -> dimension.sql(bindings)) + sums(true) + " "
                + (query.isByTag() ? "FROM " + TagShares.of(spans) : spans)
                + (names.isEmpty() ? "" : " GROUP BY " + names);
    }

    private String groups(Function<Dimension, String> values) {
        return dimensions()
                .mapToObj(i -> query.groupBy().get(i).sql(values) + " AS g" + i + ", ")
                .collect(Collectors.joining());
    }

    private String sums(boolean ofSpans) {
        Stream<String> additives = Arrays.stream(Additive.values())
                .map(what -> (what.isOfWholeCalls() ? "toFloat64(" : "toInt64(") + sum(what.base(), ofSpans) + ") AS u_"
                        + what.column());
        return Stream.concat(additives, besides.stream().map(base -> sum(base, ofSpans) + " AS u_" + base.column()))
                .collect(Collectors.joining(", "));
    }

    private String sum(Base base, boolean ofSpans) {
        if (!ofSpans) {
            return base.column();
        }
        return query.isByTag() ? base.sharedExpression() : base.expression();
    }
}
