package io.pentameter.aggregation.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.statistics.interval.Estimate;
import io.pentameter.statistics.interval.Warning;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer holds besides cost, tokens and requests; absent where it was not asked for.
 *
 * @param quality absent as well where scores do not know the dimension
 */
@JsonInclude(Include.NON_NULL)
record CostParts(
        @Nullable Units units,
        @Nullable Waste waste,
        @Nullable Cache cache,
        @Nullable Quality quality) {

    static final CostParts NONE = new CostParts(null, null, null, null);

    /**
     * Cost per unit of work. A case is a conversation, or a trace that belongs to none; it is in each group in which it has
     * cost. What an outcome does not say, and a case without outcome, is not known and no failure: the costs per resolved case
     * and per successful outcome are over the cases whose outcomes say whether they succeeded.
     */
    @JsonInclude(Include.ALWAYS)
    record Units(
            long traces,
            @Nullable String costPerTraceUsd,
            long conversations,
            @Nullable String costPerConversationUsd,
            long cases,
            long casesWithOutcome,
            long resolvedCases,
            long successfulOutcomes,
            @Nullable Interval costPerResolvedCase,
            @Nullable Interval costPerSuccessfulOutcome) {}

    /** An estimate of dollars; the ends are absent where nothing is known of them. */
    @JsonInclude(Include.ALWAYS)
    record Interval(
            String valueUsd,
            @Nullable String lowUsd,
            @Nullable String highUsd,
            double confidence,
            String method,
            long n,
            List<String> warnings) {

        static @Nullable Interval of(Estimate estimate) {
            if (!estimate.isKnown()) {
                return null;
            }
            return new Interval(
                    Usd.text(rounded(estimate.value())),
                    end(Math.max(0, estimate.interval().low())),
                    end(estimate.interval().high()),
                    estimate.confidence().level(),
                    estimate.method(),
                    estimate.size().n(),
                    estimate.warnings().stream().map(Warning::sentence).toList());
        }

        private static @Nullable String end(double value) {
            return Double.isInfinite(value) ? null : Usd.text(rounded(value));
        }

        private static BigDecimal rounded(double value) {
            return BigDecimal.valueOf(value).setScale(Usd.SCALE, RoundingMode.HALF_EVEN);
        }
    }

    /**
     * What brought nothing.
     *
     * @param failedCallsUsd     calls that failed
     * @param failedCallsUnpriced failed calls whose cost is not known, and is not in the sum
     * @param failedRequestsUsd  everything in traces whose request failed
     * @param supersededUsd      attempts that another attempt followed
     * @param wastedUsd          failed calls and superseded attempts, none of them twice
     * @param retriesUsd         second and further attempts
     * @param fallbacksUsd       those of them that asked another model than the first attempt
     */
    record Waste(
            String failedCallsUsd,
            double failedCallsUnpriced,
            String failedRequestsUsd,
            String supersededUsd,
            String wastedUsd,
            String retriesUsd,
            String fallbacksUsd) {}

    /**
     * What caches saved: cached tokens at the uncached price of the same call, less what they cost.
     *
     * @param writeSurchargeUsd what writing to the cache cost more than plain input; below 0 if less
     * @param netUsd            savings less surcharge
     * @param tokens            cached tokens that the amounts speak of
     * @param tokensUnknown     cached tokens of calls without an uncached price to compare with
     */
    record Cache(String readSavingsUsd, String writeSurchargeUsd, String netUsd, long tokens, long tokensUnknown) {}

    /**
     * What judging the answers cost.
     *
     * @param judgeUsd        null if there are judgements and no cost of any is known
     * @param humanUsd        null if there are reviews and no cost of any is known
     */
    @JsonInclude(Include.ALWAYS)
    record Quality(
            @Nullable String judgeUsd,
            long judgements,
            long judgementsPriced,
            @Nullable String humanUsd,
            long humanReviews,
            long humanReviewsPriced) {}

    CostParts with(Part part, Object value) {
        return switch (part) {
            case UNITS -> new CostParts((Units) value, waste, cache, quality);
            case WASTE -> new CostParts(units, (Waste) value, cache, quality);
            case CACHE -> new CostParts(units, waste, (Cache) value, quality);
            case QUALITY -> new CostParts(units, waste, cache, (Quality) value);
        };
    }
}
