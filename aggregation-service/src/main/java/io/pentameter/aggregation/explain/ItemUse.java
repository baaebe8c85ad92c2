package io.pentameter.aggregation.explain;

import io.pentameter.aggregation.money.Usd;
import io.pentameter.statistics.attribution.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an item used and paid in a window, by token class, so that units times price is what was paid.
 *
 * <p>The price of a class is paid by used, to 40 digits: what that leaves out is far below a nano-dollar, so that the parts of
 * a change add up to the ledger's difference.
 */
final class ItemUse {

    private static final int DIGITS = 40;

    private final Map<String, Long> units = new LinkedHashMap<>();
    private final Map<String, Long> nanos = new LinkedHashMap<>();

    void add(String word, long used, long nano) {
        units.merge(word, used, Math::addExact);
        nanos.merge(word, nano, Math::addExact);
    }

    /** @param calls that have a price, above 0 where anything was used */
    Usage usage(long calls) {
        BigDecimal requests = BigDecimal.valueOf(calls);
        Map<String, Usage.Tokens> byType = new LinkedHashMap<>();
        if (calls == 0) {
            return new Usage(requests, byType);
        }
        if (nanos.values().stream().anyMatch(nano -> nano < 0)) {
            long sum = nanos.values().stream().mapToLong(Long::longValue).sum();
            byType.put("calls", new Usage.Tokens(requests, price(sum, calls)));
            return new Usage(requests, byType);
        }
        nanos.forEach((word, nano) -> {
            long used = units.getOrDefault(word, 0L);
            if (used > 0) {
                byType.put(word, new Usage.Tokens(BigDecimal.valueOf(used), price(nano, used)));
            } else if (nano > 0) {
                byType.put(word, new Usage.Tokens(requests, price(nano, calls)));
            }
        });
        return new Usage(requests, byType);
    }

    private static BigDecimal price(long nano, long units) {
        return BigDecimal.valueOf(nano, Usd.SCALE).divide(BigDecimal.valueOf(units), DIGITS, RoundingMode.HALF_EVEN);
    }
}
