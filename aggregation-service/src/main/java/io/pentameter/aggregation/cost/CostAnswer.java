package io.pentameter.aggregation.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.pentameter.aggregation.filter.FilterBody;
import io.pentameter.aggregation.generation.PriceBasis;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who caused the cost. The groups and {@code other} add up to {@code total} to the last nano-dollar and token.
 *
 * @param groups       largest first
 * @param other        everything that is in no group shown; absent if nothing is
 * @param priceBasis   of the amounts of calls
 * @param visibleUntil everything acknowledged until then is in the numbers; null while that is not known
 * @param keptSince    spans that began before have been deleted at the end of their retention: of that time there are only the sums that are kept longer;
 *                     absent if all of the window is there
 */
record CostAnswer(
        List<Group> groups,
        @JsonInclude(Include.NON_NULL) @Nullable Other other,
        Numbers total,
        PriceBasis priceBasis,
        @Nullable Instant visibleUntil,
        @JsonInclude(Include.NON_NULL) @Nullable Instant keptSince) {

    /** Of which times the numbers speak, as the fields of these names say. */
    record AsOf(@Nullable Instant visibleUntil, @Nullable Instant keptSince) {}

    /**
     * @param group     a value for each dimension; null where it is not known
     * @param drillDown the very traces; absent where a search cannot name them
     */
    record Group(
            Map<String, @Nullable String> group,
            @JsonUnwrapped Numbers numbers,
            @JsonInclude(Include.NON_NULL) @Nullable DrillDown drillDown) {}

    /** @param groups how many groups it stands for */
    record Other(
            long groups,
            @JsonUnwrapped Numbers numbers,
            @JsonInclude(Include.NON_NULL) @Nullable DrillDown drillDown) {}

    /** A request of the search for traces. */
    record DrillDown(String method, String path, SearchBody body) {

        static DrillDown of(List<FilterBody> filters, Instant from, Instant to) {
            return new DrillDown("POST", "/api/v1/traces/search", new SearchBody(filters, from, to));
        }
    }

    record SearchBody(List<FilterBody> filters, Instant from, Instant to) {}

    /**
     * What was paid and for what.
     *
     * @param costUsd      of the calls whose price is known; null if there are calls and none has a price
     * @param shareOfCost  of the whole's; null if the whole is 0
     * @param requests     null, like calls and what is made of them, for a token class: a call has all of its classes
     * @param costPerRequestUsd null without requests or price
     */
    record Numbers(
            @Nullable String costUsd,
            @Nullable Double shareOfCost,
            @Nullable Number requests,
            @Nullable Number calls,
            long inputTokens,
            long cachedTokens,
            long outputTokens,
            long reasoningTokens,
            long tokens,
            Coverage coverage,
            @Nullable String costPerRequestUsd,
            @Nullable String costPerCallUsd,
            @JsonUnwrapped CostParts parts) {}

    /**
     * For how much of the traffic the cost speaks.
     *
     * @param calls  share of the calls that have a price; null if there are none
     * @param tokens share of the tokens that have one; null if there are none
     */
    record Coverage(
            @Nullable Double calls,
            @Nullable Double tokens,
            @Nullable Number pricedCalls,
            long pricedTokens) {}
}
