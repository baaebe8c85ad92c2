package io.pentameter.aggregation.explain;

import io.pentameter.aggregation.money.Usd;
import io.pentameter.statistics.attribution.CostChange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Patterns that have a name. Each looks at one item, or the whole, before and after; none is looked for where fewer than
 * {@link #LEAST_CALLS} calls speak on either side.
 */
final class Causes {

    static final long LEAST_CALLS = 20;

    /** More by a fifth. */
    private static final double GROWN = 1.2;

    /** Within a tenth either way. */
    private static final double STEADY = 0.1;

    /** More by half. */
    private static final double SPIKED = 1.5;

    /** Percentage points of a share. */
    private static final double SHARE = 0.05;

    private static final double COVERAGE = 0.01;

    private static final BigDecimal PRICE = new BigDecimal("0.05");

    private Causes() {}

    /**
     * A cause that was found.
     *
     * @param before    the figure that tells, before and after, in the unit that the sentence names
     * @param effectUsd part of the change that it stands behind; null where no part is its own
     */
    record Cause(
            String cause,
            double before,
            double after,
            @Nullable String effectUsd,
            String sentence) {}

    /** Of an item. */
    static List<Cause> of(SqlChange.Pair<Traffic> traffic, CostChange.Effects effects) {
        Traffic before = traffic.before();
        Traffic after = traffic.after();
        List<Cause> causes = new ArrayList<>();
        if (before.allCalls() == 0 && after.allCalls() > 0) {
            causes.add(new Cause("appeared", 0, after.allCalls(), Usd.text(effects.mix()), "It had no calls before."));
        } else if (before.allCalls() > 0 && after.allCalls() == 0) {
            causes.add(new Cause("gone", before.allCalls(), 0, Usd.text(effects.mix()), "It has no calls any more."));
        }
        if (before.calls() >= LEAST_CALLS && after.calls() >= LEAST_CALLS) {
            tokens(before, after, Usd.text(effects.tokens()), causes);
            retries(before, after, causes);
            BigDecimal former = BigDecimal.valueOf(before.nano(), Usd.SCALE);
            if (effects.price().abs().compareTo(former.multiply(PRICE)) >= 0
                    && effects.price().signum() != 0) {
                causes.add(new Cause(
                        "price_changed",
                        before.nano() / 1e9,
                        after.nano() / 1e9,
                        Usd.text(effects.price()),
                        "Other prices, tiers or classes of tokens of the same model moved its cost by 5 % or more."));
            }
        }
        return causes;
    }

    /** Of the whole. */
    static List<Cause> ofWhole(SqlChange.Pair<Traffic> whole) {
        List<Cause> causes = new ArrayList<>();
        double before = whole.before().coverage();
        double after = whole.after().coverage();
        if (Math.abs(after - before) >= COVERAGE) {
            causes.add(new Cause(
                    "coverage_changed",
                    before,
                    after,
                    null,
                    text(
                            "%.1f %% of the calls had a price before, %.1f %% after: the change is partly one of what is"
                                    + " known, and the parts speak of the priced calls only.",
                            before * 100, after * 100)));
        }
        if (whole.before().calls() >= LEAST_CALLS && whole.after().calls() >= LEAST_CALLS) {
            retries(whole.before(), whole.after(), causes);
        }
        return causes;
    }

    private static void tokens(Traffic before, Traffic after, String effect, List<Cause> causes) {
        double inputBefore = before.per(before.inputTokens());
        double inputAfter = after.per(after.inputTokens());
        double outputBefore = before.per(before.outputTokens());
        double outputAfter = after.per(after.outputTokens());
        boolean isSteady = Math.abs(outputAfter - outputBefore) <= STEADY * outputBefore;
        boolean isSpike = after.p95() >= SPIKED * before.p95() && after.p50() < GROWN * before.p50() && after.p95() > 0;
        if (isSpike) {
            causes.add(new Cause(
                    "token_spike",
                    before.p95(),
                    after.p95(),
                    effect,
                    text(
                            "One call in twenty uses %.0f tokens or more, %.0f before, while the middle one hardly changed.",
                            after.p95(), before.p95())));
        } else if (inputAfter >= GROWN * inputBefore && inputAfter > 0 && isSteady) {
            causes.add(new Cause(
                    "prompt_bloat",
                    inputBefore,
                    inputAfter,
                    effect,
                    text(
                            "A call sends %.0f input tokens, %.0f before, and answers are as long as they were.",
                            inputAfter, inputBefore)));
        }
        if (!isSpike && outputAfter >= GROWN * outputBefore && outputAfter > 0) {
            causes.add(new Cause(
                    "longer_answers",
                    outputBefore,
                    outputAfter,
                    effect,
                    text("An answer has %.0f tokens, %.0f before.", outputAfter, outputBefore)));
        }
        double cachedBefore = share(before.cachedTokens(), before.inputTokens());
        double cachedAfter = share(after.cachedTokens(), after.inputTokens());
        if (cachedBefore - cachedAfter >= 2 * SHARE) {
            causes.add(new Cause(
                    "cache_lost",
                    cachedBefore,
                    cachedAfter,
                    effect,
                    text(
                            "%.0f %% of the input came from the cache, %.0f %% before.",
                            cachedAfter * 100, cachedBefore * 100)));
        }
    }

    private static void retries(Traffic before, Traffic after, List<Cause> causes) {
        double perRequestBefore = share(before.allCalls(), before.requests());
        double perRequestAfter = share(after.allCalls(), after.requests());
        double failedMore = share(after.failed(), after.allCalls()) - share(before.failed(), before.allCalls());
        double retriedMore = share(after.retries(), after.allCalls()) - share(before.retries(), before.allCalls());
        if (perRequestAfter >= GROWN * perRequestBefore && (failedMore >= SHARE || retriedMore >= SHARE)) {
            causes.add(new Cause(
                    "retry_storm",
                    perRequestBefore,
                    perRequestAfter,
                    null,
                    text(
                            "A request makes %.2f calls, %.2f before, and %.0f %% of them fail or repeat another.",
                            perRequestAfter,
                            perRequestBefore,
                            100
                                    * Math.max(
                                            share(after.failed(), after.allCalls()),
                                            share(after.retries(), after.allCalls())))));
        }
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
