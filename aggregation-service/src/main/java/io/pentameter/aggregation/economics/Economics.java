package io.pentameter.aggregation.economics;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.pentameter.aggregation.generation.PriceBasis;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the work of models is worth and what it costs.
 *
 * @param cohorts those with the most cost first; they and {@code other} add up to {@code total}
 */
record Economics(
        List<Cohort> cohorts,
        @JsonInclude(Include.NON_NULL) @Nullable Other other,
        Numbers total,
        PriceBasis priceBasis,
        @Nullable Instant visibleUntil) {

    /** @param cohort null where it is not known */
    record Cohort(@Nullable String cohort, @JsonUnwrapped Numbers numbers) {}

    /** @param cohorts how many it stands for */
    record Other(long cohorts, @JsonUnwrapped Numbers numbers) {}

    /**
     * Value and cost of cases.
     *
     * @param cases            conversations, and traces that belong to none
     * @param casesWithOutcome with an outcome that says whether they succeeded
     * @param resolvedCases    those that did
     * @param valueUsd         of what is known to have succeeded; null if nobody said what a success is worth
     * @param costs            each null if it is not known
     * @param costUsd          sum of the known costs
     * @param netUsd           value less cost; null without value
     * @param returnOnCost     net by cost; null without value or cost
     * @param estimated        of all cases, if those without outcome succeed as often as the others; null if none has one
     * @param unknown          names of what is not in the sums because it is not known
     * @param pricedCalls      of {@code calls}; what the others cost is in no sum
     */
    record Numbers(
            long cases,
            long casesWithOutcome,
            long resolvedCases,
            @Nullable String valueUsd,
            Costs costs,
            String costUsd,
            @Nullable String netUsd,
            @Nullable Double returnOnCost,
            @Nullable Estimated estimated,
            List<String> unknown,
            long calls,
            long pricedCalls) {}

    /**
     * Where the cost comes from.
     *
     * @param inferenceUsd calls of generating models
     * @param retrievalUsd retrieval, reranking and embeddings
     * @param otherUsd     everything else that has a price: tools, guardrails, evaluations within the trace
     * @param judgeUsd     judgements of the cases
     * @param humanUsd     reviews of the cases by people
     * @param failureUsd   of cases known to have failed, as the tenant values a failure
     */
    record Costs(
            @Nullable String inferenceUsd,
            String retrievalUsd,
            String otherUsd,
            @Nullable String judgeUsd,
            @Nullable String humanUsd,
            @Nullable String failureUsd) {}

    /**
     * An estimate for all cases.
     *
     * @param successRate of the cases with an outcome, with its interval
     * @param valueUsd    of all cases; null if nobody said what a success is worth
     * @param method      of the interval
     * @param n           cases that it rests on
     */
    record Estimated(
            double successRate,
            double successRateLow,
            double successRateHigh,
            @Nullable String valueUsd,
            @Nullable String valueLowUsd,
            @Nullable String valueHighUsd,
            @Nullable String netUsd,
            @Nullable String netLowUsd,
            @Nullable String netHighUsd,
            double confidence,
            String method,
            long n) {}
}
