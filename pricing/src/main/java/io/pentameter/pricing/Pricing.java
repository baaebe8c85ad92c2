package io.pentameter.pricing;

import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CostComponent;
import io.pentameter.contracts.v1.Usage;

/**
 * Works out what a call costs.
 *
 * <p>Each component is its tokens times its price, rounded half to even to 1e-9 US dollars; the total is their exact sum.
 * What is not known is said to be unknown, with a reason, and is never 0.
 */
public final class Pricing {

    /** The book has the provider but not the model. */
    public static final String MODEL_UNKNOWN = "model_unknown";

    /** The span names no model. */
    public static final String MODEL_MISSING = "model_missing";

    /** The book does not have the provider; a model run by oneself, for example. */
    public static final String PROVIDER_UNKNOWN = "provider_unknown";

    /** The span is a call that succeeded, without tokens. */
    public static final String USAGE_MISSING = "usage_missing";

    /** Input or output tokens are missing, so that any amount would be too low. */
    public static final String USAGE_INCOMPLETE = "usage_incomplete";

    /** The book has no price for the service tier. */
    public static final String TIER_UNKNOWN = "service_tier_unknown";

    /** The book has the model but no price for some of its tokens. */
    public static final String PRICE_INCOMPLETE = "price_incomplete";

    private static final long NANOS = 1_000_000_000L;

    private Pricing() {}

    /** The cost of a call. */
    public static Cost cost(PriceBook book, PricedCall call) {
        if (call.model().isEmpty() && call.requestedModel().isEmpty()) {
            return unknown(book, MODEL_MISSING);
        }
        PriceBook.Found found = book.find(call.provider(), call.model());
        if (found.price() == null && !call.requestedModel().equals(call.model())) {
            PriceBook.Found asked = book.find(call.provider(), call.requestedModel());
            found = asked.price() == null ? found : asked;
        }
        ModelPrice price = found.price();
        if (price == null) {
            return unknown(book, found.isProviderKnown() ? MODEL_UNKNOWN : PROVIDER_UNKNOWN);
        }
        ServiceTier tier = ServiceTier.ofWord(call.usage().getServiceTier());
        RateSheet sheet = tier == null
                ? null
                : price.at(Math.floorDiv(call.startNs(), NANOS)).tiers().get(tier);
        return sheet == null ? unknown(book, TIER_UNKNOWN) : amount(book, price, sheet, call.usage());
    }

    /** A cost that is not known. */
    public static Cost unknown(PriceBook book, String reason) {
        return Cost.newBuilder()
                .setUnknownReason(reason)
                .setPriceVersion(book.version())
                .build();
    }

    /** The cost of what nobody bills: known, and nothing. */
    public static Cost free(PriceBook book) {
        return Cost.newBuilder().setKnown(true).setPriceVersion(book.version()).build();
    }

    private static Cost amount(PriceBook book, ModelPrice price, RateSheet sheet, Usage usage) {
        long input = usage.getInUncached()
                + usage.getInCacheRead()
                + usage.getInCacheWrite5M()
                + usage.getInCacheWrite1H()
                + usage.getInAudio()
                + usage.getInImage();
        Rates rates = sheet.at(input);
        Cost.Builder cost =
                Cost.newBuilder().setKnown(true).setPriceVersion(book.version()).setPriceId(price.id());
        long total = 0;
        for (TokenBucket bucket : BUCKETS) {
            long units = bucket.unitsOf(usage);
            if (units == 0) {
                continue;
            }
            UnitPrice unit = rates.of(bucket);
            if (unit == null) {
                return unknown(book, PRICE_INCOMPLETE);
            }
            total += add(cost, bucket.word(), units, unit);
        }
        UnitPrice fee = sheet.perRequest();
        if (fee != null) {
            total += add(cost, "requests", 1, fee);
        }
        return cost.setTotalNanoUsd(total).build();
    }

    private static final TokenBucket[] BUCKETS = TokenBucket.values();

    private static long add(Cost.Builder cost, String word, long units, UnitPrice price) {
        long amount = price.amount(units);
        cost.addComponents(CostComponent.newBuilder()
                .setBucket(word)
                .setUnits(units)
                .setNanoUsdPerUnit(price.text())
                .setNanoUsd(amount));
        return amount;
    }
}
