package io.pentameter.aggregation.whatif;

import io.pentameter.pricing.Bucket;
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

/** What models cost one tenant: by a version of the price book, with its own names, prices, discounts and regions before it. */
final class PriceListTariffs implements Tariffs {

    private final PriceList list;

    PriceListTariffs(PriceList list) {
        this.list = list;
    }

    @Override
    public Optional<Tariff> of(String provider, String model, String serviceTier, Instant at) {
        return switch (list.resolve(new PriceKey(provider, model, model, serviceTier))) {
            case Resolution.Unknown _ -> Optional.empty();
            case Resolution.Known known -> tariff(known.linesAt(at.getEpochSecond()));
        };
    }

    /** Empty unless there is a price for every size. */
    private Optional<Tariff> tariff(List<PriceLine> lines) {
        List<Tariff.Step> steps = new ArrayList<>();
        for (PriceLine line : lines) {
            if (line.unknownReason().isEmpty()) {
                steps.add(step(line));
            }
        }
        if (steps.isEmpty() || steps.size() < lines.size() || steps.getLast().above() >= 0) {
            return Optional.empty();
        }
        String own = list.own().version() == 0
                ? ""
                : ", own prices of version " + list.own().version();
        return Optional.of(new Tariff(
                lines.getLast().priceId() + " by the book " + list.book().version() + own, steps));
    }

    private static Tariff.Step step(PriceLine line) {
        Map<String, BigDecimal> prices = new HashMap<>();
        for (Bucket bucket : Bucket.all()) {
            UnitPrice price = line.prices().get(bucket);
            if (price != null) {
                prices.put(bucket.word(), price.nanoUsd());
            }
        }
        UnitPrice fee = line.fee();
        return new Tariff.Step(line.above(), prices, fee == null ? null : fee.nanoUsd());
    }
}
