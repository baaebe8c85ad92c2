package io.pentameter.aggregation.cost;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.pentameter.aggregation.filter.FilterBody;
import io.pentameter.aggregation.money.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the answer of what was found. */
final class CostAnswers {

    private final CostQuery query;
    private final List<FilterBody> filters;
    private final CostSums whole;

    /** @param filters as they were sent */
    CostAnswers(CostQuery query, @Nullable List<@Nullable FilterBody> filters, CostSums whole) {
        this.query = query;
        this.filters = filters == null
                ? List.of()
                : filters.stream()
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList();
        this.whole = whole;
    }

    CostAnswer of(SqlCosts.Found found, SqlCostParts.Found parts, CostAnswer.AsOf asOf) {
        List<CostAnswer.Group> groups = new ArrayList<>();
        CostSums rest = whole;
        for (SqlCosts.Group group : found.shown()) {
            rest = rest.minus(group.sums());
            groups.add(new CostAnswer.Group(
                    names(group.values()),
                    numbers(group.sums(), parts.of(Keys.of(group.values())), query.isByTokenClass()),
                    drillDown(group.values()).orElse(null)));
        }
        long hidden = found.groups() - groups.size();
        CostAnswer.Other other = query.groupBy().isEmpty() || hidden <= 0
                ? null
                : new CostAnswer.Other(
                        hidden,
                        numbers(rest, parts.of(Keys.OTHER), query.isByTokenClass()),
                        drillDownOfOthers(found.shown()).orElse(null));
        return new CostAnswer(
                groups,
                other,
                numbers(whole, parts.whole(), false),
                query.basis(),
                asOf.visibleUntil(),
                asOf.keptSince());
    }

    private CostAnswer.Numbers numbers(CostSums sums, CostParts parts, boolean ofTokenClass) {
        long cost = sums.amount(Additive.COST);
        double calls = sums.count(Additive.CALLS);
        double priced = sums.count(Additive.PRICED_CALLS);
        boolean isKnown = ofTokenClass
                ? cost != 0 || sums.tokens() == 0 || sums.amount(Additive.PRICED_TOKENS) > 0
                : priced > 0 || !(calls > 0);
        long all = whole.amount(Additive.COST);
        return new CostAnswer.Numbers(
                isKnown ? Usd.text(cost) : null,
                all == 0 ? null : (double) cost / all,
                ofTokenClass ? null : number(sums.count(Additive.REQUESTS)),
                ofTokenClass ? null : number(calls),
                sums.amount(Additive.INPUT_TOKENS),
                sums.amount(Additive.CACHED_TOKENS),
                sums.amount(Additive.OUTPUT_TOKENS),
                sums.amount(Additive.REASONING_TOKENS),
                sums.tokens(),
                new CostAnswer.Coverage(
                        ofTokenClass || !(calls > 0) ? null : priced / calls,
                        sums.tokens() == 0 ? null : (double) sums.amount(Additive.PRICED_TOKENS) / sums.tokens(),
                        ofTokenClass ? null : number(priced),
                        sums.amount(Additive.PRICED_TOKENS)),
                ofTokenClass || !isKnown ? null : per(cost, sums.count(Additive.REQUESTS)),
                ofTokenClass || !isKnown ? null : per(cost, priced),
                parts);
    }

    /** Counts are whole unless tags share them. */
    private Number number(double count) {
        double rounded = Math.rint(count);
        return Math.abs(count - rounded) < 1e-9 || !query.isByTag() ? (Number) (long) rounded : (Number) count;
    }

    private static @Nullable String per(long nano, double count) {
        return count < 1e-9
                ? null
                : Usd.text(BigDecimal.valueOf(nano, Usd.SCALE)
                        .divide(BigDecimal.valueOf(count), Usd.SCALE, RoundingMode.HALF_EVEN));
    }

    private Map<String, @Nullable String> names(List<String> values) {
        Map<String, @Nullable String> names = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            names.put(query.groupBy().get(i).word(), values.get(i).isEmpty() ? null : values.get(i));
        }
        return names;
    }

    private Optional<CostAnswer.DrillDown> drillDown(List<String> values) {
        List<FilterBody> all = new ArrayList<>(filters);
        for (int i = 0; i < values.size(); i++) {
            CostDimension dimension = query.groupBy().get(i);
            boolean isUntagged =
                    dimension instanceof CostDimension.Tag && values.get(i).isEmpty();
            if (dimension instanceof CostDimension.TokenClass || isUntagged) {
                return Optional.empty();
            }
            all.add(new FilterBody(
                    dimension.word(),
                    "eq",
                    values.get(i).isEmpty() ? NullNode.getInstance() : new TextNode(values.get(i))));
        }
        return Optional.of(CostAnswer.DrillDown.of(
                all, query.window().from(), query.window().to()));
    }

    private Optional<CostAnswer.DrillDown> drillDownOfOthers(List<SqlCosts.Group> shown) {
        if (query.groupBy().size() != 1 || !(query.groupBy().getFirst() instanceof CostDimension.OfSpan)) {
            return Optional.empty();
        }
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        shown.forEach(group -> {
            String value = group.values().getFirst();
            values.add(value.isEmpty() ? NullNode.getInstance() : new TextNode(value));
        });
        List<FilterBody> all = new ArrayList<>(filters);
        all.add(new FilterBody(query.groupBy().getFirst().word(), "not_in", values));
        return Optional.of(CostAnswer.DrillDown.of(
                all, query.window().from(), query.window().to()));
    }
}
