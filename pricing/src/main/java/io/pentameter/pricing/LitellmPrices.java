package io.pentameter.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** LiteLLM's price map: one entry for each model and provider, service tiers and context steps in the names of fields. */
final class LitellmPrices {

    private static final Set<String> NO_MODELS = Set.of("sample_spec", "fallback_generalizations", "last_updated");

    private static final Map<String, TokenBucket> KEYS = Map.of(
            "input_cost_per_token", TokenBucket.IN_UNCACHED,
            "cache_read_input_token_cost", TokenBucket.IN_CACHE_READ,
            "input_cost_per_token_cache_hit", TokenBucket.IN_CACHE_READ,
            "cache_creation_input_token_cost", TokenBucket.IN_CACHE_WRITE_5M,
            "cache_creation_input_token_cost_above_1hr", TokenBucket.IN_CACHE_WRITE_1H,
            "input_cost_per_audio_token", TokenBucket.IN_AUDIO,
            "input_cost_per_image_token", TokenBucket.IN_IMAGE,
            "output_cost_per_token", TokenBucket.OUT_TEXT,
            "output_cost_per_reasoning_token", TokenBucket.OUT_REASONING,
            "output_cost_per_audio_token", TokenBucket.OUT_AUDIO);

    /** Name of a price, then perhaps the context above which it holds, then perhaps the tier. */
    private static final Pattern FIELD =
            Pattern.compile("(\\w+?)(?:_above_(\\d+)k_tokens)?(?:_(batches|flex|priority))?");

    private static final BigDecimal NANO = BigDecimal.valueOf(1_000_000_000);

    /** @param tiers standard is always there */
    record Entry(String key, String provider, Map<ServiceTier, RateSheet> tiers) {

        RateSheet standard() {
            RateSheet sheet = tiers.get(ServiceTier.STANDARD);
            if (sheet == null) {
                throw new IllegalStateException("an entry without standard prices: " + key);
            }
            return sheet;
        }
    }

    private final Map<String, Entry> entries = new HashMap<>();
    private final Set<String> providers = new HashSet<>();

    LitellmPrices(JsonNode map) {
        for (Map.Entry<String, JsonNode> model : map.properties()) {
            if (model.getValue().isObject() && !NO_MODELS.contains(model.getKey())) {
                Entry entry = entry(model.getKey(), model.getValue());
                if (entry != null) {
                    entries.put(model.getKey(), entry);
                    providers.add(entry.provider());
                }
            }
        }
    }

    /** The entry with exactly this key; absent if there is none that has a price. */
    @Nullable
    Entry find(String key) {
        return entries.get(key);
    }

    /** Whether any entry is of this provider. */
    boolean hasProvider(String provider) {
        return providers.contains(provider);
    }

    private static @Nullable Entry entry(String key, JsonNode model) {
        Map<ServiceTier, SortedMap<Long, Map<TokenBucket, BigDecimal>>> found = new EnumMap<>(ServiceTier.class);
        for (Map.Entry<String, JsonNode> field : model.properties()) {
            if (field.getValue().isNumber()) {
                read(field.getKey(), field.getValue().decimalValue().multiply(NANO), found);
            }
        }
        Map<ServiceTier, RateSheet> tiers = new EnumMap<>(ServiceTier.class);
        found.forEach((tier, levels) -> {
            if (levels.containsKey(0L)) {
                tiers.put(tier, sheet(levels));
            }
        });
        RateSheet standard = tiers.get(ServiceTier.STANDARD);
        return standard == null || isPlaceholder(standard.base())
                ? null
                : new Entry(key, model.path("litellm_provider").asText(), Map.copyOf(tiers));
    }

    private static void read(
            String field, BigDecimal nano, Map<ServiceTier, SortedMap<Long, Map<TokenBucket, BigDecimal>>> found) {
        Matcher matcher = FIELD.matcher(field);
        if (!matcher.matches() || nano.signum() < 0) {
            return;
        }
        TokenBucket bucket = KEYS.get(matcher.group(1));
        if (bucket == null) {
            return;
        }
        long above = matcher.group(2) == null ? 0 : Long.parseLong(matcher.group(2)) * 1000;
        ServiceTier tier = switch (matcher.group(3)) {
            case null -> ServiceTier.STANDARD;
            case "batches" -> ServiceTier.BATCH;
            case "flex" -> ServiceTier.FLEX;
            default -> ServiceTier.PRIORITY;
        };
        found.computeIfAbsent(tier, _ -> new TreeMap<>())
                .computeIfAbsent(above, _ -> new EnumMap<>(TokenBucket.class))
                .putIfAbsent(bucket, nano);
    }

    private static RateSheet sheet(SortedMap<Long, Map<TokenBucket, BigDecimal>> levels) {
        Rates base = new Rates(levels.getOrDefault(0L, Map.of()));
        List<RateSheet.Step> steps = levels.tailMap(1L).entrySet().stream()
                .map(level -> new RateSheet.Step(level.getKey(), new Rates(level.getValue()).filledFrom(base)))
                .toList();
        return new RateSheet(base, steps, null);
    }

    /** Nothing for input and nothing for output is how the map writes "we do not know". */
    private static boolean isPlaceholder(Rates rates) {
        return isNothing(rates.of(TokenBucket.IN_UNCACHED)) && isNothing(rates.of(TokenBucket.OUT_TEXT));
    }

    private static boolean isNothing(@Nullable UnitPrice price) {
        return price == null || price.nanoUsd().signum() == 0;
    }
}
