package io.pentameter.aggregation.whatif;

import io.pentameter.pricing.Bucket;
import io.pentameter.pricing.PriceBooks;
import io.pentameter.pricing.PriceKey;
import io.pentameter.pricing.PriceLine;
import io.pentameter.pricing.PriceList;
import io.pentameter.pricing.Resolution;
import io.pentameter.pricing.UnitPrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What models cost by the price book that the service ships with. */
final class BookTariffs implements Tariffs {

    /** Read when it is first asked for: it is large. */
    private static final class Shipped {
        static final PriceList LIST = PriceList.of(PriceBooks.shipped());
    }

    @Override
    public Optional<Tariff> of(String provider, String model, String serviceTier, Instant at) {
        return switch (Shipped.LIST.resolve(new PriceKey(provider, model, model, serviceTier))) {
            case Resolution.Unknown _ -> Optional.empty();
            case Resolution.Known known -> tariff(known.linesAt(at.getEpochSecond()));
        };
    }

    /** Empty unless there is a price for every size. */
    private static Optional<Tariff> tariff(List<PriceLine> lines) {
        List<Tariff.Step> steps = new ArrayList<>();
        for (PriceLine line : lines) {
            if (line.unknownReason().isEmpty()) {
                steps.add(step(line));
            }
        }
        if (steps.isEmpty() || steps.size() < lines.size() || steps.getLast().above() >= 0) {
            return Optional.empty();
        }
        return Optional.of(new Tariff(
                lines.getLast().priceId() + " by the book "
                        + Shipped.LIST.book().version(),
                steps));
    }

    private static Tariff.Step step(PriceLine line) {
        Map<String, BigDecimal> prices = new HashMap<>();
        for (Bucket bucket : Bucket.all()) {
            UnitPrice price = line.prices().get(bucket);
            if (bucket.isTokens() && price != null) {
                prices.put(bucket.word(), price.nanoUsd());
            }
        }
        UnitPrice fee = line.fee();
        return new Tariff.Step(line.above(), prices, fee == null ? null : fee.nanoUsd());
    }
}
