package io.pentameter.aggregation.economics;

import io.pentameter.aggregation.cost.CostDimension;
import io.pentameter.aggregation.cost.CostRequest;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.filter.FilterBody;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked.
 *
 * @param cohort  empty for the whole only
 * @param outcome only outcomes of this name count; empty for all
 */
record EconomicsQuery(
        Window window,
        List<Filter> filters,
        Optional<CostDimension> cohort,
        int limit,
        String outcome,
        Worth worth,
        PriceBasis basis) {

    private static final int MAX_COHORTS = 500;
    private static final int COHORTS = 20;
    private static final int MAX_OUTCOME = 200;

    EconomicsQuery {
        filters = List.copyOf(filters);
    }

    /** As it is sent; nothing of it has been checked. */
    record Body(
            @Nullable String from,
            @Nullable String to,
            @Nullable List<@Nullable FilterBody> filters,
            @Nullable String cohort,
            @Nullable Long limit,
            @Nullable String outcome,
            Worth.@Nullable Body worth,
            @Nullable String priceBasis) {

        /** The query, or an answer that names everything that is wrong with it. */
        EconomicsQuery read() {
            CostRequest request = new CostRequest();
            Optional<Window> window = request.window("", from, to);
            List<Filter> read = request.filters(filters);
            List<CostDimension> cohorts = cohort == null ? List.of() : request.dimensions("/cohort", List.of(cohort));
            if (!cohorts.isEmpty() && !(cohorts.getFirst() instanceof CostDimension.OfSpan)) {
                request.fault("/cohort", "must be a property of a call: '%s' splits calls".formatted(cohort));
            }
            int shown = request.number("/limit", limit, COHORTS, MAX_COHORTS);
            if (outcome != null && outcome.length() > MAX_OUTCOME) {
                request.fault("/outcome", "must have at most %d characters".formatted(MAX_OUTCOME));
            }
            Worth asked = Worth.read(request, worth);
            PriceBasis basis = request.priceBasis("/priceBasis", priceBasis);
            request.check();
            return new EconomicsQuery(
                    window.orElseThrow(),
                    read,
                    cohorts.stream().findFirst(),
                    shown,
                    outcome == null ? "" : outcome,
                    asked,
                    basis);
        }
    }
}
