package io.pentameter.pricing;

import io.pentameter.contracts.v1.CurrencyRate;
import io.pentameter.contracts.v1.ModelAlias;
import io.pentameter.contracts.v1.OwnDiscount;
import io.pentameter.contracts.v1.OwnPrice;
import io.pentameter.contracts.v1.OwnPrices;
import io.pentameter.contracts.v1.ProcessingRegion;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a tenant's own prices can be priced with. Used once. */
public final class OwnPriceCheck {

    /** Most aliases, prices, discounts, rates and regions each. */
    public static final int MAX_ENTRIES = 1_000;

    private static final int MAX_NAME = 300;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Set<String> REGIONS = Set.of("eu", "us");

    private final List<Fault> faults = new ArrayList<>();

    /**
     * What is wrong with a part.
     *
     * @param pointer JSON pointer, for example {@code /prices/0/amounts/in_uncached}
     */
    public record Fault(String pointer, String detail) {}

    private OwnPriceCheck() {}

    /** What is wrong; empty if nothing is. */
    public static List<Fault> faults(OwnPrices prices) {
        OwnPriceCheck check = new OwnPriceCheck();
        check.count("/aliases", prices.getAliasesCount());
        check.count("/prices", prices.getPricesCount());
        check.count("/discounts", prices.getDiscountsCount());
        check.count("/currencyRates", prices.getCurrencyRatesCount());
        check.count("/regions", prices.getRegionsCount());
        if (check.faults.isEmpty()) {
            check.aliases(prices.getAliasesList());
            check.rates(prices.getCurrencyRatesList());
            check.prices(prices);
            check.discounts(prices.getDiscountsList());
            check.regions(prices.getRegionsList());
        }
        return check.faults;
    }

    private void count(String pointer, int count) {
        if (count > MAX_ENTRIES) {
            fault(pointer, "may have at most %d entries: %d".formatted(MAX_ENTRIES, count));
        }
    }

    private void aliases(List<ModelAlias> aliases) {
        Map<String, String> next = new HashMap<>();
        for (int i = 0; i < aliases.size(); i++) {
            ModelAlias alias = aliases.get(i);
            name("/aliases/" + i + "/name", alias.getName());
            name("/aliases/" + i + "/toModel", alias.getToModel());
            String from = alias.getProvider() + "/" + alias.getName();
            if (next.put(from, alias.getName()) != null) {
                fault("/aliases/" + i, "stands there twice: '%s'".formatted(alias.getName()));
            }
        }
        for (int i = 0; i < aliases.size(); i++) {
            Set<String> seen = new HashSet<>();
            String name = aliases.get(i).getName();
            while (seen.add(name)) {
                String current = name;
                name = aliases.stream()
                        .filter(alias -> alias.getName().equals(current))
                        .map(ModelAlias::getToModel)
                        .findFirst()
                        .orElse("");
                if (name.isEmpty()) {
                    break;
                }
            }
            if (!name.isEmpty()) {
                fault("/aliases/" + i, "leads back to itself: '%s'".formatted(name));
            }
        }
    }

    private void rates(List<CurrencyRate> rates) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < rates.size(); i++) {
            CurrencyRate rate = rates.get(i);
            String at = "/currencyRates/" + i;
            currency(at + "/currency", rate.getCurrency());
            amount(at + "/usd", rate.getUsd(), new BigDecimal("0.000001"), new BigDecimal("1000000"));
            if (!seen.add(rate.getCurrency() + rate.getFromDay())) {
                fault(at, "a second rate of %s from the same day".formatted(rate.getCurrency()));
            }
        }
    }

    private void prices(OwnPrices all) {
        List<OwnPrice> prices = all.getPricesList();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < prices.size(); i++) {
            OwnPrice price = prices.get(i);
            String at = "/prices/" + i;
            name(at + "/id", price.getId());
            name(at + "/model", price.getModel());
            if (!ids.add(price.getId())) {
                fault(at + "/id", "stands there twice: '%s'".formatted(price.getId()));
            }
            if (ServiceTier.ofWord(price.getServiceTier()) == null) {
                fault(
                        at + "/serviceTier",
                        "must be one of standard, batch, flex, priority: '%s'".formatted(price.getServiceTier()));
            }
            days(at, price.getFromDay(), price.getUntilDay());
            if (price.getAmountsCount() == 0) {
                fault(at + "/amounts", "must name at least one of %s".formatted(words()));
            }
            price.getAmountsMap().forEach((word, amount) -> amountOf(at + "/amounts/" + word, word, amount));
            currencyOf(at, price, all.getCurrencyRatesList());
            for (int j = 0; j < i; j++) {
                if (overlap(prices.get(j), price)) {
                    fault(
                            at,
                            "holds at the same time as price '%s'"
                                    .formatted(prices.get(j).getId()));
                }
            }
        }
    }

    private void amountOf(String pointer, String word, String amount) {
        boolean isTokens = Bucket.ofWord(word).map(Bucket::isTokens).orElse(false);
        if (!word.equals("requests") && Bucket.ofWord(word).isEmpty()) {
            fault(pointer, "is not known: '%s'; known are %s".formatted(word, words()));
        } else {
            amount(pointer, amount, BigDecimal.ZERO, isTokens ? PriceLimits.MAX_PER_MTOK : PriceLimits.MAX_PER_PIECE);
        }
    }

    private void currencyOf(String at, OwnPrice price, List<CurrencyRate> rates) {
        if (price.getCurrency().isEmpty() || price.getCurrency().equals("USD")) {
            return;
        }
        currency(at + "/currency", price.getCurrency());
        boolean isCovered = rates.stream()
                .anyMatch(rate -> rate.getCurrency().equals(price.getCurrency())
                        && (rate.getFromDay() == 0
                                || (price.getFromDay() > 0 && rate.getFromDay() <= price.getFromDay())));
        if (!isCovered) {
            fault(
                    at + "/currency",
                    "there is no rate of %s from the price's first day on".formatted(price.getCurrency()));
        }
    }

    private static boolean overlap(OwnPrice one, OwnPrice other) {
        return one.getProvider().equals(other.getProvider())
                && one.getModel().equals(other.getModel())
                && ServiceTier.ofWord(one.getServiceTier()) == ServiceTier.ofWord(other.getServiceTier())
                && !Validity.ofDays(one.getFromDay(), one.getUntilDay())
                        .and(Validity.ofDays(other.getFromDay(), other.getUntilDay()))
                        .isEmpty();
    }

    private void discounts(List<OwnDiscount> discounts) {
        for (int i = 0; i < discounts.size(); i++) {
            OwnDiscount discount = discounts.get(i);
            String at = "/discounts/" + i;
            days(at, discount.getFromDay(), discount.getUntilDay());
            amount(at + "/percent", discount.getPercent(), BigDecimal.ZERO, BigDecimal.valueOf(100));
            for (int j = 0; j < i; j++) {
                OwnDiscount other = discounts.get(j);
                if (other.getProvider().equals(discount.getProvider())
                        && other.getModel().equals(discount.getModel())
                        && !Validity.ofDays(other.getFromDay(), other.getUntilDay())
                                .and(Validity.ofDays(discount.getFromDay(), discount.getUntilDay()))
                                .isEmpty()) {
                    fault(at, "holds at the same time as /discounts/" + j);
                }
            }
        }
    }

    private void regions(List<ProcessingRegion> regions) {
        for (int i = 0; i < regions.size(); i++) {
            name("/regions/" + i + "/provider", regions.get(i).getProvider());
            if (!REGIONS.contains(regions.get(i).getRegion())) {
                fault(
                        "/regions/" + i + "/region",
                        "must be one of eu, us: '%s'".formatted(regions.get(i).getRegion()));
            }
        }
    }

    private void days(String at, long from, long until) {
        if (from < 0 || (until != 0 && until <= from)) {
            fault(
                    at + "/until",
                    "must be after from: %s to %s".formatted(LocalDate.ofEpochDay(from), LocalDate.ofEpochDay(until)));
        }
    }

    private void name(String pointer, String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            fault(pointer, "must have 1 to %d characters: %d".formatted(MAX_NAME, name.length()));
        }
    }

    private void currency(String pointer, String currency) {
        if (!CURRENCY.matcher(currency).matches()) {
            fault(pointer, "must be a currency of ISO 4217 such as EUR: '%s'".formatted(currency));
        }
    }

    private void amount(String pointer, String text, BigDecimal least, BigDecimal most) {
        try {
            BigDecimal amount = new BigDecimal(text);
            if (amount.compareTo(least) < 0 || amount.compareTo(most) > 0 || amount.scale() > PriceLimits.MAX_PLACES) {
                fault(
                        pointer,
                        "must be %s to %s with at most %d decimal places: '%s'"
                                .formatted(least.toPlainString(), most.toPlainString(), PriceLimits.MAX_PLACES, text));
            }
        } catch (NumberFormatException _) {
            fault(pointer, "must be a decimal number as text: '%s'".formatted(text));
        }
    }

    private static List<String> words() {
        List<String> words =
                new ArrayList<>(Bucket.all().stream().map(Bucket::word).toList());
        words.add("requests");
        return words;
    }

    private void fault(String pointer, String detail) {
        faults.add(new Fault(pointer, detail));
    }
}
