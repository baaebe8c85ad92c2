package io.pentameter.ingest.price;

import io.pentameter.contracts.v1.CurrencyRate;
import io.pentameter.contracts.v1.ModelAlias;
import io.pentameter.contracts.v1.OwnDiscount;
import io.pentameter.contracts.v1.OwnPrice;
import io.pentameter.contracts.v1.OwnPrices;
import io.pentameter.contracts.v1.ProcessingRegion;
import io.pentameter.kit.problem.Problem.Fault;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a tenant pays differently, as it is sent; nothing of it has been checked. Absent lists are empty. */
record OwnPricesBody(
        @Nullable List<@Nullable Alias> aliases,
        @Nullable List<@Nullable Price> prices,
        @Nullable List<@Nullable Discount> discounts,
        @Nullable List<@Nullable Rate> currencyRates,
        @Nullable List<@Nullable Region> regions) {

    static final OwnPricesBody NONE = new OwnPricesBody(List.of(), List.of(), List.of(), List.of(), List.of());

    /** A name that only the tenant knows, and what it stands for. */
    record Alias(
            @Nullable String provider,
            @Nullable String name,
            @Nullable String toProvider,
            @Nullable String toModel) {}

    /** A negotiated price. */
    record Price(
            @Nullable String id,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String serviceTier,
            @Nullable String from,
            @Nullable String until,
            @Nullable String currency,
            @Nullable Map<String, @Nullable String> amounts) {}

    /** So much less. */
    record Discount(
            @Nullable String provider,
            @Nullable String model,
            @Nullable String from,
            @Nullable String until,
            @Nullable String percent) {}

    /** What a unit of a currency is worth. */
    record Rate(
            @Nullable String currency,
            @Nullable String from,
            @Nullable String usd) {}

    /** Where a provider works for the tenant. */
    record Region(@Nullable String provider, @Nullable String region) {}

    /** The record for the services; days that are none become faults. */
    OwnPrices toRecord(List<Fault> faults) {
        OwnPrices.Builder record = OwnPrices.newBuilder();
        for (Alias alias : given(aliases)) {
            record.addAliases(ModelAlias.newBuilder()
                    .setProvider(text(alias.provider()))
                    .setName(text(alias.name()))
                    .setToProvider(text(alias.toProvider()))
                    .setToModel(text(alias.toModel())));
        }
        int number = 0;
        for (Price price : given(prices)) {
            String at = "/prices/" + number++;
            record.addPrices(OwnPrice.newBuilder()
                    .setId(text(price.id()))
                    .setProvider(text(price.provider()))
                    .setModel(text(price.model()))
                    .setServiceTier(text(price.serviceTier()))
                    .setFromDay(day(at + "/from", price.from(), faults))
                    .setUntilDay(day(at + "/until", price.until(), faults))
                    .setCurrency(text(price.currency()))
                    .putAllAmounts(amounts(price.amounts())));
        }
        number = 0;
        for (Discount discount : given(discounts)) {
            String at = "/discounts/" + number++;
            record.addDiscounts(OwnDiscount.newBuilder()
                    .setProvider(text(discount.provider()))
                    .setModel(text(discount.model()))
                    .setFromDay(day(at + "/from", discount.from(), faults))
                    .setUntilDay(day(at + "/until", discount.until(), faults))
                    .setPercent(text(discount.percent())));
        }
        number = 0;
        for (Rate rate : given(currencyRates)) {
            record.addCurrencyRates(CurrencyRate.newBuilder()
                    .setCurrency(text(rate.currency()))
                    .setFromDay(day("/currencyRates/" + number++ + "/from", rate.from(), faults))
                    .setUsd(text(rate.usd())));
        }
        for (Region region : given(regions)) {
            record.addRegions(ProcessingRegion.newBuilder()
                    .setProvider(text(region.provider()))
                    .setRegion(text(region.region())));
        }
        return record.build();
    }

    private static <T> List<T> given(@Nullable List<@Nullable T> list) {
        return list == null
                ? List.of()
                : list.stream()
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    private static Map<String, String> amounts(@Nullable Map<String, @Nullable String> given) {
        Map<String, String> amounts = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((word, amount) -> amounts.put(word, text(amount)));
        }
        return amounts;
    }

    private static long day(String pointer, @Nullable String text, List<Fault> faults) {
        if (text == null) {
            return 0;
        }
        try {
            long day = LocalDate.parse(text).toEpochDay();
            if (day > 0) {
                return day;
            }
        } catch (DateTimeException _) {
            // told below
        }
        faults.add(new Fault(pointer, "must be a date after 1970-01-01 such as 2026-11-25: '%s'".formatted(text)));
        return 0;
    }
}
