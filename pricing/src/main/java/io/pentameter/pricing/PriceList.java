package io.pentameter.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The price book with one tenant's own prices before it. Immutable; resolutions are remembered.
 *
 * <p>In this order: the tenant's names for models; its negotiated prices; the book's prices, with the uplift of the region
 * that the provider works in for the tenant, and the tenant's discounts.
 */
public final class PriceList {

    private final PriceBook book;
    private final OwnPriceBook own;
    private final Map<PriceKey, Resolution> remembered = new ConcurrentHashMap<>();

    public PriceList(PriceBook book, OwnPriceBook own) {
        this.book = book;
        this.own = own;
    }

    /** The book alone. */
    public static PriceList of(PriceBook book) {
        return new PriceList(book, OwnPriceBook.NONE);
    }

    public PriceBook book() {
        return book;
    }

    public OwnPriceBook own() {
        return own;
    }

    /** What is known of the price of calls of a kind. */
    public Resolution resolve(PriceKey key) {
        Resolution known = remembered.get(key);
        if (known != null) {
            return known;
        }
        Resolution resolution = search(key);
        if (remembered.size() >= PriceBook.MAX_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(key, resolution);
        return resolution;
    }

    private Resolution search(PriceKey key) {
        Set<String> names = new LinkedHashSet<>(List.of(key.model(), key.requestedModel()));
        names.remove("");
        if (names.isEmpty()) {
            return new Resolution.Unknown(Pricing.MODEL_MISSING);
        }
        ServiceTier tier = ServiceTier.ofWord(key.serviceTier());
        boolean isProviderKnown = false;
        for (String name : names) {
            OwnPriceBook.Named named = own.named(key.provider(), name);
            List<PriceLine> lines = new ArrayList<>(own.lines(named, tier));
            PriceBook.Found found = book.find(named.provider(), named.model());
            isProviderKnown |= found.isProviderKnown();
            ModelPrice price = found.price();
            if (price != null) {
                addBookLines(lines, price, named, tier);
            }
            if (!lines.isEmpty()) {
                return new Resolution.Known(lines);
            }
        }
        return new Resolution.Unknown(isProviderKnown ? Pricing.MODEL_UNKNOWN : Pricing.PROVIDER_UNKNOWN);
    }

    private void addBookLines(
            List<PriceLine> lines, ModelPrice price, OwnPriceBook.Named named, @Nullable ServiceTier tier) {
        String region = own.region(named.provider());
        BigDecimal uplift = price.uplifts().get(region);
        Adjustment regional = uplift == null ? Adjustment.NONE : Adjustment.uplift(uplift);
        List<PricePeriod> periods = price.periods();
        for (int i = periods.size() - 1; i >= 0; i--) {
            PricePeriod period = periods.get(i);
            Validity validity = i == 0 ? Validity.ALWAYS : period.validity();
            RateSheet sheet = tier == null ? null : period.tiers().get(tier);
            if (sheet == null) {
                lines.add(new PriceLine(
                        price.id(), price.origin(), "", validity, -1, Map.of(), null, List.of(), Pricing.TIER_UNKNOWN));
                continue;
            }
            String word = tier == null ? "" : tier.word();
            for (PriceLine line : sheet.lines(price.id(), price.origin(), word, validity, regional)) {
                lines.addAll(own.discounted(line, named));
            }
        }
    }
}
