package io.pentameter.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rates by the size of the context.
 *
 * @param base       rates below the first step
 * @param steps      dearer rates for long contexts, in ascending order; the whole call is billed at the step's rates
 * @param perRequest fee of a call; absent if there is none
 */
record RateSheet(Rates base, List<Step> steps, @Nullable UnitPrice perRequest) {

    /** @param above input tokens above which the rates hold */
    record Step(long above, Rates rates) {}

    RateSheet {
        steps = steps.stream().sorted(Comparator.comparingLong(Step::above)).toList();
    }

    /** Lines for each step from the largest down, and then for everything. */
    List<PriceLine> lines(String id, Origin origin, String tier, Validity validity, Adjustment adjustment) {
        List<PriceLine> lines = new ArrayList<>();
        for (Step step : steps.reversed()) {
            lines.add(line(id, origin, tier, validity, step.above(), step.rates(), adjustment));
        }
        lines.add(line(id, origin, tier, validity, -1, base, adjustment));
        return lines;
    }

    private PriceLine line(
            String id, Origin origin, String tier, Validity validity, long above, Rates rates, Adjustment adjustment) {
        return adjustment.of(
                new PriceLine(id, origin, tier, validity, above, rates.effective(), perRequest, List.of(), ""));
    }

    /** Rates for a call with so many input tokens of all kinds. */
    Rates at(long inputTokens) {
        Rates rates = base;
        for (Step step : steps) {
            if (inputTokens > step.above()) {
                rates = step.rates();
            }
        }
        return rates;
    }

    RateSheet times(BigDecimal factor) {
        return new RateSheet(
                base.times(factor),
                steps.stream()
                        .map(step -> new Step(step.above(), step.rates().times(factor)))
                        .toList(),
                perRequest);
    }

    /** This sheet, with the other's rates where this one names none and both are stepped alike. */
    RateSheet filledFrom(RateSheet other) {
        List<Step> filled = steps.stream()
                .map(step -> new Step(step.above(), step.rates().filledFrom(other.at(step.above() + 1))))
                .toList();
        return new RateSheet(base.filledFrom(other.base), filled, perRequest == null ? other.perRequest : perRequest);
    }
}
