package io.pentameter.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
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

    private static final Map<String, Bucket> KEYS = Map.of(
            "input_cost_per_token", Bucket.IN_UNCACHED,
            "cache_read_input_token_cost", Bucket.IN_CACHE_READ,
            "input_cost_per_token_cache_hit", Bucket.IN_CACHE_READ,
            "cache_creation_input_token_cost", Bucket.IN_CACHE_WRITE_5M,
            "cache_creation_input_token_cost_above_1hr", Bucket.IN_CACHE_WRITE_1H,
            "input_cost_per_audio_token", Bucket.IN_AUDIO,
            "input_cost_per_image_token", Bucket.IN_IMAGE,
            "output_cost_per_token", Bucket.OUT_TEXT,
            "output_cost_per_reasoning_token", Bucket.OUT_REASONING,
            "output_cost_per_audio_token", Bucket.OUT_AUDIO);

    /** Name of a price, then perhaps the context above which it holds, then perhaps the tier. */
    private static final Pattern FIELD =
            Pattern.compile("(\\w+?)(?:_above_(\\d+)k_tokens)?(?:_(batches|flex|priority))?");

    private static final BigDecimal NANO = BigDecimal.valueOf(1_000_000_000);

    /**
     * @param tiers   standard is always there
     * @param earlier what held before, the last first; empty if nothing is known of it
     */
    record Entry(
            String key,
            String provider,
            Origin origin,
            Map<ServiceTier, RateSheet> tiers,
            Map<String, BigDecimal> uplifts,
            List<Earlier> earlier) {

        /** @param until first day on which it did not hold any more */
        record Earlier(LocalDate until, Map<ServiceTier, RateSheet> tiers) {}

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

    /**
     * @param hash    SHA-256 of the file
     * @param origins hash of another file for the models that were kept from it
     * @param history by model what held before, the last first: {@code until} and {@code model}
     */
    LitellmPrices(JsonNode map, String hash, Map<String, String> origins, JsonNode history) {
        for (Map.Entry<String, JsonNode> model : map.properties()) {
            if (isModel(model.getKey(), model.getValue())) {
                Origin origin = new Origin(SourceFormat.LITELLM.word(), origins.getOrDefault(model.getKey(), hash));
                Entry entry = entry(model.getKey(), model.getValue(), origin, history.path(model.getKey()));
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

    /** Whether a member of the map is a model. */
    static boolean isModel(String key, JsonNode value) {
        return value.isObject() && !NO_MODELS.contains(key);
    }

    private static @Nullable Entry entry(String key, JsonNode model, Origin origin, JsonNode history) {
        Map<ServiceTier, RateSheet> tiers = tiers(model);
        if (tiers.isEmpty()) {
            return null;
        }
        List<Entry.Earlier> earlier = new ArrayList<>();
        for (JsonNode before : history) {
            Map<ServiceTier, RateSheet> old = tiers(before.path("model"));
            if (!old.isEmpty()) {
                earlier.add(
                        new Entry.Earlier(LocalDate.parse(before.path("until").asText()), old));
            }
        }
        Map<String, BigDecimal> uplifts = new HashMap<>();
        for (String region : List.of("eu", "us")) {
            JsonNode factor = model.path("regional_processing_uplift_multiplier_" + region);
            if (factor.isNumber()) {
                uplifts.put(region, factor.decimalValue());
            }
        }
        return new Entry(key, model.path("litellm_provider").asText(), origin, tiers, uplifts, earlier);
    }

    /** Sheets by tier; none if the model has no price. */
    private static Map<ServiceTier, RateSheet> tiers(JsonNode model) {
        Map<ServiceTier, SortedMap<Long, Map<Bucket, BigDecimal>>> found = new EnumMap<>(ServiceTier.class);
        for (Map.Entry<String, JsonNode> field : model.properties()) {
            if (field.getValue().isNumber()) {
                read(field.getKey(), field.getValue().decimalValue().multiply(NANO), found);
            }
        }
        dropPlaceholders(found);
        Map<Bucket, BigDecimal> pieces = LitellmPieces.of(model);
        if (!pieces.isEmpty()) {
            found.computeIfAbsent(ServiceTier.STANDARD, _ -> new TreeMap<>())
                    .computeIfAbsent(0L, _ -> new EnumMap<>(Bucket.class))
                    .putAll(pieces);
        }
        UnitPrice fee = LitellmPieces.fee(model);
        Map<ServiceTier, RateSheet> tiers = new EnumMap<>(ServiceTier.class);
        found.forEach((tier, levels) -> {
            if (levels.containsKey(0L)) {
                tiers.put(tier, sheet(levels, fee));
            }
        });
        if (tiers.isEmpty() && fee != null) {
            tiers.put(ServiceTier.STANDARD, new RateSheet(new Rates(Map.of()), List.of(), fee));
        }
        RateSheet standard = tiers.get(ServiceTier.STANDARD);
        return standard == null ? Map.of() : Map.copyOf(tiers);
    }

    private static void read(
            String field, BigDecimal nano, Map<ServiceTier, SortedMap<Long, Map<Bucket, BigDecimal>>> found) {
        Matcher matcher = FIELD.matcher(field);
        if (!matcher.matches() || nano.signum() < 0) {
            return;
        }
        Bucket bucket = KEYS.get(matcher.group(1));
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
                .computeIfAbsent(above, _ -> new EnumMap<>(Bucket.class))
                .putIfAbsent(bucket, nano);
    }

    private static RateSheet sheet(SortedMap<Long, Map<Bucket, BigDecimal>> levels, @Nullable UnitPrice fee) {
        Rates base = new Rates(levels.getOrDefault(0L, Map.of()));
        List<RateSheet.Step> steps = levels.tailMap(1L).entrySet().stream()
                .map(level -> new RateSheet.Step(level.getKey(), new Rates(level.getValue()).filledFrom(base)))
                .toList();
        return new RateSheet(base, steps, fee);
    }

    /** Nothing for input and nothing for output is how the map writes "we do not know": unknown must not become 0. */
    private static void dropPlaceholders(Map<ServiceTier, SortedMap<Long, Map<Bucket, BigDecimal>>> found) {
        SortedMap<Long, Map<Bucket, BigDecimal>> standard = found.get(ServiceTier.STANDARD);
        if (standard == null) {
            return;
        }
        Map<Bucket, BigDecimal> base = standard.get(0L);
        if (base != null && isNothing(base.get(Bucket.IN_UNCACHED)) && isNothing(base.get(Bucket.OUT_TEXT))) {
            base.values().removeIf(price -> price.signum() == 0);
            if (base.isEmpty()) {
                standard.remove(0L);
            }
        }
    }

    private static boolean isNothing(@Nullable BigDecimal price) {
        return price == null || price.signum() == 0;
    }
}
