package io.pentameter.ingest.price;

import io.pentameter.pricing.Bucket;
import io.pentameter.pricing.PriceKey;
import io.pentameter.pricing.PriceLine;
import io.pentameter.pricing.PriceList;
import io.pentameter.pricing.Resolution;
import io.pentameter.pricing.UnitPrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What calls of a kind cost at a time.
 *
 * @param priceVersion  of the book
 * @param ownVersion    of the tenant's own prices; 0 for none
 * @param unknownReason why no price is known; absent if one is
 * @param prices        the first whose size of context fits counts
 */
record PriceView(
        String priceVersion, long ownVersion, @Nullable String unknownReason, List<Line> prices) {

    private static final int MTOK_PLACES = 6;
    private static final int NANO_PLACES = 9;

    /**
     * Prices from a size of context on.
     *
     * @param contextAbove input tokens above which they hold; 0 for all
     * @param hash         SHA-256 of the file that they come from; empty for the tenant's own
     * @param from         absent if for ever
     * @param until        absent if for ever
     * @param factors      what they were multiplied by
     * @param usdPerMillion tokens, by bucket, as decimal text
     * @param usdPerUnit   everything else, by bucket, and {@code requests}
     */
    record Line(
            String priceId,
            String source,
            String hash,
            String serviceTier,
            long contextAbove,
            @Nullable Instant from,
            @Nullable Instant until,
            List<String> factors,
            Map<String, String> usdPerMillion,
            Map<String, String> usdPerUnit) {}

    static PriceView of(PriceList list, PriceKey key, Instant at) {
        String version = list.book().version();
        long own = list.own().version();
        return switch (list.resolve(key)) {
            case Resolution.Unknown(String reason) -> new PriceView(version, own, reason, List.of());
            case Resolution.Known known -> {
                List<PriceLine> holding = known.linesAt(at.getEpochSecond());
                String reason = holding.isEmpty()
                        ? "no_price_at_that_time"
                        : holding.getFirst().unknownReason();
                yield new PriceView(
                        version, own, reason.isEmpty() ? null : reason, reason.isEmpty() ? lines(holding) : List.of());
            }
        };
    }

    private static List<Line> lines(List<PriceLine> holding) {
        List<Line> lines = new ArrayList<>();
        for (PriceLine line : holding) {
            Map<String, String> perMillion = new LinkedHashMap<>();
            Map<String, String> perUnit = new LinkedHashMap<>();
            for (Bucket bucket : Bucket.all()) {
                UnitPrice price = line.prices().get(bucket);
                if (price != null && bucket.isTokens()) {
                    perMillion.put(bucket.word(), text(price.nanoUsd(), MTOK_PLACES));
                } else if (price != null) {
                    perUnit.put(bucket.word(), text(price.nanoUsd(), 0));
                }
            }
            UnitPrice fee = line.fee();
            if (fee != null) {
                perUnit.put("requests", text(fee.nanoUsd(), 0));
            }
            lines.add(new Line(
                    line.priceId(),
                    line.origin().source(),
                    line.origin().hash(),
                    line.tier(),
                    Math.max(0, line.above()),
                    instant(line.validity().from()),
                    instant(line.validity().until()),
                    line.factors(),
                    perMillion,
                    perUnit));
        }
        return lines;
    }

    private static String text(BigDecimal nanoUsd, int places) {
        BigDecimal dollars = nanoUsd.movePointLeft(NANO_PLACES - places).stripTrailingZeros();
        return dollars.toPlainString();
    }

    private static @Nullable Instant instant(long second) {
        return second == Long.MIN_VALUE || second == Long.MAX_VALUE ? null : Instant.ofEpochSecond(second);
    }
}
