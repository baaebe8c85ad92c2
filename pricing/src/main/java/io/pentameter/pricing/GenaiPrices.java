package io.pentameter.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The feed of pydantic/genai-prices, version 2: providers, models by matchers, prices by date. */
final class GenaiPrices {

    private static final Map<String, Bucket> KEYS = Map.of(
            "input_mtok", Bucket.IN_UNCACHED,
            "cache_read_mtok", Bucket.IN_CACHE_READ,
            "cache_write_mtok", Bucket.IN_CACHE_WRITE_5M,
            "cache_write_1h_mtok", Bucket.IN_CACHE_WRITE_1H,
            "input_audio_mtok", Bucket.IN_AUDIO,
            "input_image_mtok", Bucket.IN_IMAGE,
            "output_mtok", Bucket.OUT_TEXT,
            "output_reasoning_mtok", Bucket.OUT_REASONING,
            "output_audio_mtok", Bucket.OUT_AUDIO);

    /** Dollars for a million are thousands of nano-dollars for one; dollars for a thousand are millions. */
    private static final BigDecimal NANO_PER_MTOK = BigDecimal.valueOf(1_000);

    private static final BigDecimal NANO_PER_KCOUNT = BigDecimal.valueOf(1_000_000);

    private final Map<String, Provider> providers = new LinkedHashMap<>();

    private record Provider(
            String id,
            @Nullable Matcher nameMatch,
            @Nullable Matcher modelMatch,
            List<String> fallbacks,
            List<Model> models) {

        private @Nullable Model find(String model) {
            for (Model candidate : models) {
                if (candidate.match().matches(model)) {
                    return candidate;
                }
            }
            return null;
        }
    }

    private record Model(Matcher match, ModelPrice price) {}

    /**
     * @param hash    SHA-256 of the file
     * @param origins hash of another file for the models, by id, that were kept from it
     */
    GenaiPrices(JsonNode feed, String hash, Map<String, String> origins) {
        for (JsonNode provider : feed) {
            String id = provider.path("id").asText();
            List<Model> models = new ArrayList<>();
            for (JsonNode model : provider.path("models")) {
                List<PricePeriod> periods = periods(model.path("prices"));
                if (!periods.isEmpty()) {
                    String priceId = id + "/" + model.path("id").asText();
                    Origin origin = new Origin(SourceFormat.GENAI.word(), origins.getOrDefault(priceId, hash));
                    models.add(new Model(
                            Matcher.of(model.path("match")), new ModelPrice(priceId, origin, periods, Map.of())));
                }
            }
            List<String> fallbacks = new ArrayList<>();
            provider.path("fallback_model_providers").forEach(name -> fallbacks.add(name.asText()));
            providers.put(
                    id,
                    new Provider(
                            id,
                            matcher(provider, "provider_match"),
                            matcher(provider, "model_match"),
                            fallbacks,
                            models));
        }
    }

    /** Id of the provider that goes by this name; absent if none does. */
    @Nullable
    String provider(String name) {
        if (providers.containsKey(name)) {
            return name;
        }
        for (Provider provider : providers.values()) {
            Matcher match = provider.nameMatch();
            if (match != null && match.matches(name)) {
                return provider.id();
            }
        }
        return null;
    }

    /** Id of the provider whose model this looks like; absent if none. */
    @Nullable
    String providerOfModel(String model) {
        for (Provider provider : providers.values()) {
            Matcher match = provider.modelMatch();
            if (match != null && match.matches(model)) {
                return provider.id();
            }
        }
        return null;
    }

    /** Price of a provider's model, or of the same model at the providers it falls back to. */
    @Nullable
    ModelPrice find(String providerId, String model) {
        Provider provider = providers.get(providerId);
        if (provider == null) {
            return null;
        }
        Model found = provider.find(model);
        for (String fallback : provider.fallbacks()) {
            Provider other = providers.get(fallback);
            if (found == null && other != null) {
                found = other.find(model);
            }
        }
        return found == null ? null : found.price();
    }

    private static @Nullable Matcher matcher(JsonNode provider, String field) {
        JsonNode match = provider.path(field);
        return match.isObject() ? Matcher.of(match) : null;
    }

    private static List<PricePeriod> periods(JsonNode prices) {
        List<PricePeriod> periods = new ArrayList<>();
        if (prices.isObject()) {
            addPeriod(periods, prices, prices.path("constraint"));
        } else {
            for (JsonNode dated : prices) {
                addPeriod(periods, dated.path("prices"), dated.path("constraint"));
            }
        }
        return periods;
    }

    private static void addPeriod(List<PricePeriod> periods, JsonNode prices, JsonNode constraint) {
        RateSheet sheet = sheet(prices);
        if (sheet.base().of(Bucket.IN_UNCACHED) == null && sheet.base().of(Bucket.OUT_TEXT) == null) {
            return;
        }
        periods.add(new PricePeriod(
                constraint.hasNonNull("start_date")
                        ? LocalDate.parse(constraint.path("start_date").asText())
                        : null,
                time(constraint, "start_time"),
                time(constraint, "end_time"),
                Map.of(ServiceTier.STANDARD, sheet)));
    }

    private static @Nullable LocalTime time(JsonNode constraint, String field) {
        if (!constraint.hasNonNull(field)) {
            return null;
        }
        return OffsetTime.parse(constraint.path(field).asText())
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalTime();
    }

    private static RateSheet sheet(JsonNode prices) {
        TreeSet<Long> starts = new TreeSet<>();
        for (JsonNode price : prices) {
            price.path("tiers").forEach(tier -> starts.add(tier.path("start").asLong()));
        }
        List<RateSheet.Step> steps = new ArrayList<>();
        for (long start : starts) {
            steps.add(new RateSheet.Step(start, new Rates(rates(prices, start))));
        }
        JsonNode perRequest = prices.path("requests_kcount");
        UnitPrice fee =
                perRequest.isNumber() ? UnitPrice.of(perRequest.decimalValue().multiply(NANO_PER_KCOUNT)) : null;
        return new RateSheet(new Rates(rates(prices, -1)), steps, fee);
    }

    /** @param start of the step; -1 for the base */
    private static Map<Bucket, BigDecimal> rates(JsonNode prices, long start) {
        Map<Bucket, BigDecimal> rates = new HashMap<>();
        KEYS.forEach((key, bucket) -> {
            JsonNode price = prices.path(key);
            JsonNode value = price.isObject() ? price.path("base") : price;
            for (JsonNode tier : price.path("tiers")) {
                if (tier.path("start").asLong() <= start) {
                    value = tier.path("price");
                }
            }
            if (value.isNumber()) {
                rates.put(bucket, value.decimalValue().multiply(NANO_PER_MTOK));
            }
        });
        JsonNode searches = prices.path("web_searches_kcount");
        if (searches.isNumber()) {
            rates.put(Bucket.SEARCHES, searches.decimalValue().multiply(NANO_PER_KCOUNT));
        }
        return rates.isEmpty() ? new EnumMap<>(Bucket.class) : rates;
    }
}
