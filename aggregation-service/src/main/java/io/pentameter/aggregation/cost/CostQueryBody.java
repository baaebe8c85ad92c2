package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.filter.FilterBody;
import io.pentameter.aggregation.generation.PriceBasis;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A cost query as it is sent; nothing of it has been checked. */
record CostQueryBody(
        @Nullable List<@Nullable String> groupBy,
        @Nullable List<@Nullable FilterBody> filters,
        @Nullable String from,
        @Nullable String to,
        @Nullable String orderBy,
        @Nullable Long limit,
        @Nullable List<@Nullable String> include,
        @Nullable String outcome,
        @Nullable String priceBasis) {

    private static final Set<Additive> ORDERS =
            EnumSet.of(Additive.COST, Additive.REQUESTS, Additive.CALLS, Additive.INPUT_TOKENS, Additive.OUTPUT_TOKENS);

    /** The query, or an answer that names everything that is wrong with it. */
    CostQuery read() {
        CostRequest request = new CostRequest();
        List<CostDimension> dimensions = request.dimensions("/groupBy", groupBy);
        var read = request.filters(filters);
        var window = request.window("", from, to);
        Additive order = order(request);
        int shown = request.number("/limit", limit, CostLimits.DEFAULT_LIMIT, CostLimits.MAX_LIMIT);
        Set<Part> parts = Part.read(request, include);
        if (!parts.isEmpty() && dimensions.stream().anyMatch(CostDimension.TokenClass.class::isInstance)) {
            request.fault("/include", "must be empty with token_class: the parts are of whole calls");
        }
        if (parts.contains(Part.UNITS) && dimensions.stream().anyMatch(CostDimension.Tag.class::isInstance)) {
            request.fault("/include", "must not have units with tag: a conversation is not split");
        }
        if (outcome != null && outcome.length() > CostLimits.MAX_OUTCOME_NAME) {
            request.fault("/outcome", "must have at most %d characters".formatted(CostLimits.MAX_OUTCOME_NAME));
        }
        PriceBasis basis = request.priceBasis("/priceBasis", priceBasis);
        request.check();
        return new CostQuery(
                dimensions, read, window.orElseThrow(), order, shown, parts, outcome == null ? "" : outcome, basis);
    }

    private Additive order(CostRequest request) {
        if (orderBy == null) {
            return Additive.COST;
        }
        for (Additive order : ORDERS) {
            if (order.column().equals(orderBy)) {
                return order;
            }
        }
        request.fault(
                "/orderBy",
                "must be one of %s, largest first: '%s'"
                        .formatted(ORDERS.stream().map(Additive::column).toList(), orderBy));
        return Additive.COST;
    }
}
