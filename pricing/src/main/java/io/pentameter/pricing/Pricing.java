package io.pentameter.pricing;

import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.CostComponent;
import io.pentameter.contracts.v1.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a call costs.
 *
 * <p>Each component is its units times its price, rounded half to even to 1e-9 US dollars; the total is their exact sum.
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

    /** The book has the model but no price for some of its tokens or pieces. */
    public static final String PRICE_INCOMPLETE = "price_incomplete";

    /** There are prices for the model, and none for the time of the call. */
    public static final String PRICE_NOT_DATED = "no_price_at_that_time";

    /** The amount is above {@link UnitPrice#MAX_AMOUNT}: the counts cannot be true. */
    public static final String AMOUNT_OUT_OF_RANGE = "amount_out_of_range";

    private static final long NANOS = 1_000_000_000L;

    private Pricing() {}

    /** The cost of a call. */
    public static Cost cost(PriceList list, PricedCall call) {
        return switch (list.resolve(call.key())) {
            case Resolution.Unknown(String reason) -> unknown(list, reason);
            case Resolution.Known known -> {
                PriceLine line = lineAt(known, Math.floorDiv(call.startNs(), NANOS), inputTokens(call.usage()));
                if (line == null) {
                    yield unknown(list, PRICE_NOT_DATED);
                }
                yield line.unknownReason().isEmpty()
                        ? amount(list, line, call.usage())
                        : unknown(list, line.unknownReason());
            }
        };
    }

    /** Whether tokens are part of the price of a call, so that without them any amount would be too low. */
    public static boolean needsTokens(PriceList list, PricedCall call) {
        if (!(list.resolve(call.key()) instanceof Resolution.Known known)) {
            return false;
        }
        PriceLine line = lineAt(known, Math.floorDiv(call.startNs(), NANOS), inputTokens(call.usage()));
        return line != null
                && line.prices().entrySet().stream()
                        .anyMatch(price -> price.getKey().isTokens()
                                && price.getValue().nanoUsd().signum() > 0);
    }

    /** A cost that is not known. */
    public static Cost unknown(PriceList list, String reason) {
        return stamped(list).setUnknownReason(reason).build();
    }

    /** The cost of what nobody bills: known, and nothing. */
    public static Cost free(PriceList list) {
        return stamped(list).setKnown(true).build();
    }

    /** The line that counts; absent if none holds. */
    static @Nullable PriceLine lineAt(Resolution.Known known, long epochSecond, long inputTokens) {
        for (PriceLine line : known.lines()) {
            if (line.holdsAt(epochSecond, inputTokens)) {
                return line;
            }
        }
        return null;
    }

    private static Cost.Builder stamped(PriceList list) {
        return Cost.newBuilder()
                .setPriceVersion(list.book().version())
                .setOwnVersion(list.own().version());
    }

    private static long inputTokens(Usage usage) {
        return usage.getInUncached()
                + usage.getInCacheRead()
                + usage.getInCacheWrite5M()
                + usage.getInCacheWrite1H()
                + usage.getInAudio()
                + usage.getInImage();
    }

    private static Cost amount(PriceList list, PriceLine line, Usage usage) {
        Cost.Builder cost = stamped(list)
                .setKnown(true)
                .setPriceId(line.priceId())
                .setPriceSource(line.origin().source())
                .setPriceHash(line.origin().shortHash())
                .addAllFactors(line.factors())
                .setContextAbove(Math.max(0, line.above()));
        long total = 0;
        for (Bucket bucket : Bucket.all()) {
            long units = bucket.unitsOf(usage);
            if (units == 0) {
                continue;
            }
            UnitPrice unit = line.prices().get(bucket);
            if (unit == null) {
                return unknown(list, PRICE_INCOMPLETE);
            }
            total = added(total, add(cost, bucket.word(), units, unit));
        }
        UnitPrice fee = line.fee();
        if (fee != null) {
            total = added(total, add(cost, "requests", 1, fee));
        }
        return total < 0
                ? unknown(list, AMOUNT_OUT_OF_RANGE)
                : cost.setTotalNanoUsd(total).build();
    }

    /** -1 if either is, or the sum is too large. */
    private static long added(long total, long amount) {
        return total < 0 || amount < 0 || amount > UnitPrice.MAX_AMOUNT - total ? -1 : total + amount;
    }

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
