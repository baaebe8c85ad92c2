package io.pentameter.pricing;

import io.pentameter.contracts.v1.CurrencyRate;
import io.pentameter.contracts.v1.ModelAlias;
import io.pentameter.contracts.v1.OwnDiscount;
import io.pentameter.contracts.v1.OwnPrice;
import io.pentameter.contracts.v1.OwnPrices;
import io.pentameter.contracts.v1.ProcessingRegion;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one tenant pays differently; what {@link OwnPriceCheck} lets through. Immutable. */
public final class OwnPriceBook {

    /** Of a tenant that pays what the book says. */
    public static final OwnPriceBook NONE = new OwnPriceBook(0, OwnPrices.getDefaultInstance());

    private static final Origin ORIGIN = new Origin("tenant", "");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Nano-dollars for a token at a dollar for a million; nano-dollars of a dollar. */
    private static final BigDecimal NANO_PER_MTOK = BigDecimal.valueOf(1_000);

    private static final BigDecimal NANO = BigDecimal.valueOf(1_000_000_000);

    private final long version;
    private final OwnPrices prices;

    /** A model by the book's name. */
    record Named(String provider, String model) {}

    /** @param version grows with each change; 0 if there never was one */
    public OwnPriceBook(long version, OwnPrices prices) {
        this.version = version;
        this.prices = prices;
    }

    public long version() {
        return version;
    }

    /** Follows the tenant's names; they form no cycle, so that each is followed once at most. */
    Named named(String provider, String model) {
        Named named = new Named(provider, model);
        for (int step = 0; step <= prices.getAliasesCount(); step++) {
            ModelAlias alias = alias(named);
            if (alias == null) {
                return named;
            }
            named = new Named(
                    alias.getToProvider().isEmpty() ? named.provider() : alias.getToProvider(), alias.getToModel());
        }
        return named;
    }

    private @Nullable ModelAlias alias(Named named) {
        for (ModelAlias alias : prices.getAliasesList()) {
            if (alias.getName().equals(named.model()) && isOf(alias.getProvider(), named.provider())) {
                return alias;
            }
        }
        return null;
    }

    /** The region that the provider works in for the tenant; empty if it did not say. */
    String region(String provider) {
        for (ProcessingRegion region : prices.getRegionsList()) {
            if (region.getProvider().equals(provider)) {
                return region.getRegion();
            }
        }
        return "";
    }

    /** Lines of the negotiated prices of a model, in the order in which they were written. */
    List<PriceLine> lines(Named named, @Nullable ServiceTier tier) {
        List<PriceLine> lines = new ArrayList<>();
        for (OwnPrice price : prices.getPricesList()) {
            if (tier != null
                    && tier == ServiceTier.ofWord(price.getServiceTier())
                    && isOf(price.getProvider(), named.provider())
                    && matches(price.getModel(), named.model())) {
                lines.addAll(lines(price, tier));
            }
        }
        return lines;
    }

    private List<PriceLine> lines(OwnPrice price, ServiceTier tier) {
        PriceLine inCurrency = new PriceLine(
                "tenant/" + price.getId(),
                ORIGIN,
                tier.word(),
                Validity.ofDays(price.getFromDay(), price.getUntilDay()),
                -1,
                amounts(price),
                fee(price),
                List.of(),
                "");
        if (price.getCurrency().isEmpty() || price.getCurrency().equals("USD")) {
            return List.of(inCurrency);
        }
        List<PriceLine> lines = new ArrayList<>();
        String word = price.getCurrency().toLowerCase(Locale.ROOT) + "_usd";
        prices.getCurrencyRatesList().stream()
                .filter(rate -> rate.getCurrency().equals(price.getCurrency()))
                .sorted(Comparator.comparingLong(CurrencyRate::getFromDay).reversed())
                .forEach(rate -> {
                    PriceLine line = inCurrency.during(Validity.ofDays(rate.getFromDay(), 0));
                    if (!line.validity().isEmpty()) {
                        lines.add(Adjustment.of(word, new BigDecimal(rate.getUsd()))
                                .of(line));
                    }
                });
        return lines;
    }

    private static Map<Bucket, UnitPrice> amounts(OwnPrice price) {
        Map<Bucket, BigDecimal> given = new EnumMap<>(Bucket.class);
        price.getAmountsMap()
                .forEach((word, amount) -> Bucket.ofWord(word)
                        .ifPresent(bucket -> given.put(
                                bucket, new BigDecimal(amount).multiply(bucket.isTokens() ? NANO_PER_MTOK : NANO))));
        return new Rates(given).effective();
    }

    private static @Nullable UnitPrice fee(OwnPrice price) {
        String amount = price.getAmountsMap().get("requests");
        return amount == null ? null : UnitPrice.of(new BigDecimal(amount).multiply(NANO));
    }

    /** The line with the tenant's discounts while they hold, and then the line itself. */
    List<PriceLine> discounted(PriceLine line, Named named) {
        if (!line.unknownReason().isEmpty()) {
            return List.of(line);
        }
        List<PriceLine> lines = new ArrayList<>();
        for (OwnDiscount discount : prices.getDiscountsList()) {
            if (isOf(discount.getProvider(), named.provider()) && matches(discount.getModel(), named.model())) {
                BigDecimal factor = HUNDRED.subtract(new BigDecimal(discount.getPercent()))
                        .divide(HUNDRED, 9, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros();
                PriceLine reduced = Adjustment.of("discount", factor)
                        .of(line.during(Validity.ofDays(discount.getFromDay(), discount.getUntilDay())));
                if (!reduced.validity().isEmpty()) {
                    lines.add(reduced);
                }
            }
        }
        lines.add(line);
        return lines;
    }

    private static boolean isOf(String provider, String named) {
        return provider.isEmpty() || provider.equals(named);
    }

    private static boolean matches(String pattern, String model) {
        if (pattern.isEmpty()) {
            return true;
        }
        return pattern.endsWith("*")
                ? model.startsWith(pattern.substring(0, pattern.length() - 1))
                : model.equals(pattern);
    }
}
