package io.pentameter.aggregation.economics;

import io.pentameter.aggregation.cost.CostRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a case is worth or costs to the tenant, in dollars; only the tenant can know it.
 *
 * @param perSuccess   of a case that succeeded: value, hours saved and escalation avoided together; null if nothing was said
 * @param ofOutcomes   whether outcomes that carry an amount add it
 * @param perFailure   of a case that failed; null if nothing was said
 * @param perReview    of a review by a person; null: what the reviews say of themselves, if they do
 */
record Worth(
        @Nullable BigDecimal perSuccess,
        boolean ofOutcomes,
        @Nullable BigDecimal perFailure,
        @Nullable BigDecimal perReview) {

    private static final BigDecimal MOST = new BigDecimal("1000000000");
    private static final int MAX_SCALE = 9;

    /**
     * As it is sent.
     *
     * @param hoursSavedPerSuccess needs {@code hourUsd}, and the other way round
     */
    record Body(
            @Nullable BigDecimal perSuccessUsd,
            @Nullable BigDecimal hoursSavedPerSuccess,
            @Nullable BigDecimal hourUsd,
            @Nullable BigDecimal escalationAvoidedUsd,
            @Nullable Boolean outcomeValues,
            @Nullable BigDecimal failureUsd,
            @Nullable BigDecimal humanReviewUsd) {}

    static Worth read(CostRequest request, @Nullable Body body) {
        if (body == null) {
            return new Worth(null, true, null, null);
        }
        BigDecimal value = number(request, "perSuccessUsd", body.perSuccessUsd());
        BigDecimal hours = number(request, "hoursSavedPerSuccess", body.hoursSavedPerSuccess());
        BigDecimal hour = number(request, "hourUsd", body.hourUsd());
        BigDecimal escalation = number(request, "escalationAvoidedUsd", body.escalationAvoidedUsd());
        if ((hours == null) != (hour == null)) {
            request.fault("/worth", "hoursSavedPerSuccess and hourUsd must be given together");
        }
        BigDecimal saved =
                hours == null || hour == null ? null : hours.multiply(hour).setScale(MAX_SCALE, RoundingMode.HALF_EVEN);
        return new Worth(
                plus(plus(value, saved), escalation),
                body.outcomeValues() == null || body.outcomeValues(),
                number(request, "failureUsd", body.failureUsd()),
                number(request, "humanReviewUsd", body.humanReviewUsd()));
    }

    private static @Nullable BigDecimal plus(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.add(other);
    }

    private static @Nullable BigDecimal number(CostRequest request, String name, @Nullable BigDecimal value) {
        if (value == null) {
            return null;
        }
        boolean isShort = Math.abs((long) value.scale()) <= 30 && value.precision() <= 30;
        if (!isShort || value.signum() < 0 || value.compareTo(MOST) > 0 || value.scale() > MAX_SCALE) {
            request.fault(
                    "/worth/" + name,
                    "must be 0 to %s with at most %d digits after the point"
                            .formatted(MOST.toPlainString(), MAX_SCALE));
            return null;
        }
        return value;
    }
}
