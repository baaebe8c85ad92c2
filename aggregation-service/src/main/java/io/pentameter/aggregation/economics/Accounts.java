package io.pentameter.aggregation.economics;

import io.pentameter.aggregation.money.Usd;
import io.pentameter.statistics.interval.Confidence;
import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.interval.Wilson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes values and costs of sums over cases. */
final class Accounts {

    private static final int RATIO_DIGITS = 6;

    private final Worth worth;

    Accounts(Worth worth) {
        this.worth = worth;
    }

    Economics of(EconomicsQuery query, SqlCases.Found found, @Nullable Instant visibleUntil) {
        boolean byCohort = query.cohort().isPresent();
        CaseSums rest = found.whole();
        List<Economics.Cohort> cohorts = new ArrayList<>();
        for (SqlCases.Cohort cohort : byCohort ? found.shown() : List.<SqlCases.Cohort>of()) {
            rest = rest.minus(cohort.sums());
            cohorts.add(new Economics.Cohort(cohort.value().isEmpty() ? null : cohort.value(), numbers(cohort.sums())));
        }
        long hidden = found.cohorts() - cohorts.size();
        return new Economics(
                cohorts,
                byCohort && hidden > 0 ? new Economics.Other(hidden, numbers(rest)) : null,
                numbers(found.whole()),
                query.basis(),
                visibleUntil);
    }

    Economics.Numbers numbers(CaseSums sums) {
        List<String> unknown = new ArrayList<>();
        BigDecimal inference = sums.calls() > 0 && sums.priced() == 0 ? null : dollars(sums.inferenceNano());
        BigDecimal judge = known(dollars(sums.judgeNano()), sums.judged(), sums.judgedPriced());
        BigDecimal human = human(sums);
        BigDecimal failure = failure(sums);
        note(unknown, "inferenceUsd", inference == null);
        note(unknown, "judgeUsd", judge == null || sums.judgedPriced() < sums.judged());
        note(unknown, "humanUsd", human == null);
        note(unknown, "failureUsd", failure == null);
        note(unknown, "calls without price", sums.priced() < sums.calls());
        BigDecimal cost = zeroIfNull(inference)
                .add(dollars(sums.retrievalNano()))
                .add(dollars(sums.otherNano()))
                .add(zeroIfNull(judge))
                .add(zeroIfNull(human))
                .add(zeroIfNull(failure));
        BigDecimal value = value(sums);
        note(unknown, "valueUsd", value == null);
        note(unknown, "cases without outcome", sums.stated() < sums.cases());
        BigDecimal net = value == null ? null : value.subtract(cost);
        return new Economics.Numbers(
                sums.cases(),
                sums.stated(),
                sums.resolved(),
                text(value),
                new Economics.Costs(
                        text(inference),
                        Usd.text(sums.retrievalNano()),
                        Usd.text(sums.otherNano()),
                        text(judge),
                        text(human),
                        text(failure)),
                Usd.text(cost),
                text(net),
                net == null || cost.signum() == 0
                        ? null
                        : net.divide(cost, RATIO_DIGITS, RoundingMode.HALF_EVEN).doubleValue(),
                estimated(sums, value, cost),
                unknown,
                sums.calls(),
                sums.priced());
    }

    private @Nullable BigDecimal value(CaseSums sums) {
        boolean hasAmounts = worth.ofOutcomes() && sums.valueNano() != 0;
        BigDecimal perSuccess = worth.perSuccess();
        if (perSuccess == null) {
            return hasAmounts ? dollars(sums.valueNano()) : null;
        }
        BigDecimal value = perSuccess.multiply(BigDecimal.valueOf(sums.resolved()));
        return hasAmounts ? value.add(dollars(sums.valueNano())) : value;
    }

    /** Without anybody reviewed there is nothing to pay for. */
    private @Nullable BigDecimal human(CaseSums sums) {
        BigDecimal perReview = worth.perReview();
        return perReview != null
                ? perReview.multiply(BigDecimal.valueOf(sums.reviewed()))
                : known(dollars(sums.reviewNano()), sums.reviewed(), sums.reviewedPriced());
    }

    private @Nullable BigDecimal failure(CaseSums sums) {
        long failed = sums.stated() - sums.resolved();
        BigDecimal perFailure = worth.perFailure();
        if (perFailure == null) {
            return failed == 0 ? BigDecimal.ZERO : null;
        }
        return perFailure.multiply(BigDecimal.valueOf(failed));
    }

    private static @Nullable BigDecimal known(BigDecimal sum, long all, long priced) {
        return all > 0 && priced == 0 ? null : sum;
    }

    /** What is known, and the cases without outcome at the rate of the others; their failures cost as the known ones do. */
    private Economics.@Nullable Estimated estimated(CaseSums sums, @Nullable BigDecimal value, BigDecimal cost) {
        if (sums.stated() == 0) {
            return null;
        }
        double rate = (double) sums.resolved() / sums.stated();
        Interval interval = Wilson.interval((double) sums.resolved(), (double) sums.stated(), Confidence.NINETY_FIVE);
        BigDecimal middle = valueAt(sums, value, rate);
        BigDecimal low = valueAt(sums, value, interval.low());
        BigDecimal high = valueAt(sums, value, interval.high());
        return new Economics.Estimated(
                rate,
                interval.low(),
                interval.high(),
                text(middle),
                text(low),
                text(high),
                text(net(sums, middle, cost, rate)),
                text(net(sums, low, cost, interval.low())),
                text(net(sums, high, cost, interval.high())),
                Confidence.NINETY_FIVE.level(),
                "wilson",
                sums.stated());
    }

    /** The amounts of successful outcomes count as so much for each success, so that the unknown cases have them too. */
    private @Nullable BigDecimal valueAt(CaseSums sums, @Nullable BigDecimal value, double rate) {
        if (value == null) {
            return null;
        }
        BigDecimal said = zeroIfNull(worth.perSuccess());
        BigDecimal perSuccess = sums.resolved() == 0
                ? said
                : value.divide(BigDecimal.valueOf(sums.resolved()), Usd.SCALE + 6, RoundingMode.HALF_EVEN);
        BigDecimal more = BigDecimal.valueOf(sums.cases() - sums.stated()).multiply(BigDecimal.valueOf(rate));
        return value.add(perSuccess.multiply(more)).setScale(Usd.SCALE, RoundingMode.HALF_EVEN);
    }

    private @Nullable BigDecimal net(CaseSums sums, @Nullable BigDecimal value, BigDecimal cost, double rate) {
        if (value == null) {
            return null;
        }
        BigDecimal failures = BigDecimal.valueOf(sums.cases() - sums.stated())
                .multiply(BigDecimal.valueOf(1 - rate))
                .multiply(zeroIfNull(worth.perFailure()));
        return value.subtract(cost).subtract(failures).setScale(Usd.SCALE, RoundingMode.HALF_EVEN);
    }

    private static void note(List<String> unknown, String what, boolean isUnknown) {
        if (isUnknown) {
            unknown.add(what);
        }
    }

    private static BigDecimal dollars(long nano) {
        return BigDecimal.valueOf(nano, Usd.SCALE);
    }

    private static BigDecimal zeroIfNull(@Nullable BigDecimal amount) {
        return amount == null ? BigDecimal.ZERO : amount;
    }

    private static @Nullable String text(@Nullable BigDecimal amount) {
        return amount == null ? null : Usd.text(amount);
    }
}
