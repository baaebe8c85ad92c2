package io.pentameter.aggregation.trace;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sums over the spans of a trace.
 *
 * @param cost of the spans whose price is known; empty if something had to be priced and nothing could
 * @param billed likewise of what they came with; empty as well if no span was repriced
 */
record Totals(
        Instant end,
        int errors,
        long inputTokens,
        long outputTokens,
        Optional<BigDecimal> cost,
        Optional<BigDecimal> billed) {

    static Totals of(Collection<SpanView> spans) {
        Instant end = Instant.EPOCH;
        int errors = 0;
        long input = 0;
        long output = 0;
        Sum now = new Sum();
        Sum billed = new Sum();
        for (SpanView span : spans) {
            Double duration = span.durationSeconds();
            Instant spanEnd = duration == null ? span.start() : span.start().plusNanos(Math.round(duration * 1e9));
            end = spanEnd.isAfter(end) ? spanEnd : end;
            errors += span.error() ? 1 : 0;
            input += tokens(span, "in_");
            output += tokens(span, "out_");
            SpanView.CostView cost = span.cost();
            SpanView.Priced came = cost == null ? null : cost.asBilled();
            if (cost != null || span.usage() != null) {
                now.add(cost == null ? null : cost.usd());
                billed.add(came != null ? came.usd() : cost == null ? null : cost.usd());
            }
        }
        boolean isRepriced =
                spans.stream().map(SpanView::cost).anyMatch(cost -> cost != null && cost.asBilled() != null);
        return new Totals(end, errors, input, output, now.known(), isRepriced ? billed.known() : Optional.empty());
    }

    /** What is known of some costs. */
    private static final class Sum {
        private int all;
        private int priced;
        private BigDecimal usd = BigDecimal.ZERO;

        void add(@Nullable String cost) {
            all++;
            if (cost != null) {
                priced++;
                usd = usd.add(new BigDecimal(cost));
            }
        }

        Optional<BigDecimal> known() {
            return priced == 0 && all > 0 ? Optional.empty() : Optional.of(usd.stripTrailingZeros());
        }
    }

    double durationSeconds(Instant start) {
        return Duration.between(start, end).toNanos() / 1e9;
    }

    private static long tokens(SpanView span, String prefix) {
        Map<String, Long> usage = span.usage();
        return usage == null
                ? 0
                : usage.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(prefix))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
    }
}
