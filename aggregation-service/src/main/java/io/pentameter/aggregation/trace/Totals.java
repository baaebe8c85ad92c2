package io.pentameter.aggregation.trace;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Sums over the spans of a trace.
 *
 * @param cost of the spans whose price is known; empty if something had to be priced and nothing could
 */
record Totals(Instant end, int errors, long inputTokens, long outputTokens, Optional<BigDecimal> cost) {

    static Totals of(Collection<SpanView> spans) {
        Instant end = Instant.EPOCH;
        int errors = 0;
        long input = 0;
        long output = 0;
        long priced = 0;
        long priceable = 0;
        BigDecimal cost = BigDecimal.ZERO;
        for (SpanView span : spans) {
            Double duration = span.durationSeconds();
            Instant spanEnd = duration == null ? span.start() : span.start().plusNanos(Math.round(duration * 1e9));
            end = spanEnd.isAfter(end) ? spanEnd : end;
            errors += span.error() ? 1 : 0;
            input += tokens(span, "in_");
            output += tokens(span, "out_");
            SpanView.CostView spanCost = span.cost();
            if (spanCost != null || span.usage() != null) {
                priceable++;
            }
            if (spanCost != null && spanCost.usd() != null) {
                priced++;
                cost = cost.add(new BigDecimal(spanCost.usd()));
            }
        }
        BigDecimal known = cost.stripTrailingZeros();
        return new Totals(
                end, errors, input, output, priced == 0 && priceable > 0 ? Optional.empty() : Optional.of(known));
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
