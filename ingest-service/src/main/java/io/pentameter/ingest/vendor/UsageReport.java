package io.pentameter.ingest.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.ingest.assembly.JsonLists;
import io.pentameter.ingest.dialect.JsonText;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the counts of tokens in a JSON object as providers and vendors write it: OpenAI's two APIs, Anthropic, LangChain,
 * Langfuse's free maps, Datadog's metrics.
 *
 * <p>Only names are told apart here. Whether "input" has the cached tokens in it is decided where all spans' tokens are.
 */
public final class UsageReport {

    private static final String INPUT = "gen_ai.usage.input_tokens";
    private static final String OUTPUT = "gen_ai.usage.output_tokens";
    private static final String TOTAL = "gen_ai.usage.total_tokens";
    private static final String CACHE_READ = "gen_ai.usage.cache_read.input_tokens";
    private static final String CACHE_WRITE = "gen_ai.usage.cache_creation.input_tokens";
    private static final String CACHE_WRITE_1H = "gen_ai.usage.cache_creation.ephemeral_1h_input_tokens";
    private static final String REASONING = "gen_ai.usage.reasoning.output_tokens";
    private static final String AUDIO_INPUT = "gen_ai.usage.audio.input_tokens";
    private static final String AUDIO_OUTPUT = "gen_ai.usage.audio.output_tokens";
    private static final String IMAGE_INPUT = "gen_ai.usage.image.input_tokens";

    /** What is billed by the piece and is no token. */
    public static final String SEARCHES = "pentameter.usage.searches";

    public static final String IMAGES = "pentameter.usage.images";
    public static final String MEDIA_MS = "pentameter.usage.media_ms";
    private static final String PAGES = "pentameter.usage.pages";
    private static final String CHARACTERS = "pentameter.usage.characters";

    private static final Set<String> PIECES = Set.of(SEARCHES, IMAGES, MEDIA_MS, PAGES, CHARACTERS);
    private static final int MILLIS = 1000;

    /** Names at the top of the object. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("input", INPUT),
            Map.entry("input_tokens", INPUT),
            Map.entry("inputTokens", INPUT),
            Map.entry("prompt_tokens", INPUT),
            Map.entry("promptTokens", INPUT),
            Map.entry("prompt_token_count", INPUT),
            Map.entry("promptTokenCount", INPUT),
            Map.entry("output", OUTPUT),
            Map.entry("output_tokens", OUTPUT),
            Map.entry("outputTokens", OUTPUT),
            Map.entry("completion_tokens", OUTPUT),
            Map.entry("completionTokens", OUTPUT),
            Map.entry("candidates_token_count", OUTPUT),
            Map.entry("candidatesTokenCount", OUTPUT),
            Map.entry("total", TOTAL),
            Map.entry("total_tokens", TOTAL),
            Map.entry("totalTokens", TOTAL),
            Map.entry("total_token_count", TOTAL),
            Map.entry("totalTokenCount", TOTAL),
            Map.entry("input_cached_tokens", CACHE_READ),
            Map.entry("input_cache_read", CACHE_READ),
            Map.entry("input_cache_read_tokens", CACHE_READ),
            Map.entry("cache_read_input_tokens", CACHE_READ),
            Map.entry("cacheReadInputTokens", CACHE_READ),
            Map.entry("cached_content_token_count", CACHE_READ),
            Map.entry("cachedContentTokenCount", CACHE_READ),
            Map.entry("cache_read", CACHE_READ),
            Map.entry("input_cache_creation", CACHE_WRITE),
            Map.entry("cache_creation_input_tokens", CACHE_WRITE),
            Map.entry("cacheWriteInputTokens", CACHE_WRITE),
            Map.entry("cache_write_input_tokens", CACHE_WRITE),
            Map.entry("cache_creation", CACHE_WRITE),
            Map.entry("input_cache_creation_1h", CACHE_WRITE_1H),
            Map.entry("ephemeral_1h_input_tokens", CACHE_WRITE_1H),
            Map.entry("output_reasoning_tokens", REASONING),
            Map.entry("output_reasoning", REASONING),
            Map.entry("reasoning_output_tokens", REASONING),
            Map.entry("reasoning_tokens", REASONING),
            Map.entry("thoughtsTokenCount", REASONING),
            Map.entry("input_audio_tokens", AUDIO_INPUT),
            Map.entry("input_audio", AUDIO_INPUT),
            Map.entry("output_audio_tokens", AUDIO_OUTPUT),
            Map.entry("output_audio", AUDIO_OUTPUT),
            Map.entry("input_image_tokens", IMAGE_INPUT),
            Map.entry("web_search_requests", SEARCHES),
            Map.entry("num_search_queries", SEARCHES),
            Map.entry("searches", SEARCHES),
            Map.entry("images", IMAGES),
            Map.entry("milliseconds", MEDIA_MS),
            Map.entry("pages", PAGES),
            Map.entry("pages_processed", PAGES),
            Map.entry("characters", CHARACTERS));

    /** Names within Anthropic's object of tools that ran at its side. */
    private static final Map<String, String> SERVER_TOOLS = Map.of("web_search_requests", SEARCHES);

    /** Names within an object of details of the input. */
    private static final Map<String, String> INPUT_DETAILS = Map.of(
            "cached_tokens", CACHE_READ,
            "cache_read", CACHE_READ,
            "cache_creation", CACHE_WRITE,
            "cache_write_tokens", CACHE_WRITE,
            "ephemeral_1h_input_tokens", CACHE_WRITE_1H,
            "audio_tokens", AUDIO_INPUT,
            "audio", AUDIO_INPUT,
            "image_tokens", IMAGE_INPUT,
            "web_search_requests", SEARCHES, // LiteLLM
            "character_count", CHARACTERS);

    private static final Map<String, String> OUTPUT_DETAILS = Map.of(
            "reasoning_tokens", REASONING, "reasoning", REASONING, "audio_tokens", AUDIO_OUTPUT, "audio", AUDIO_OUTPUT);

    private static final Map<String, Map<String, String>> DETAILS = Map.of(
            "prompt_tokens_details", INPUT_DETAILS,
            "input_tokens_details", INPUT_DETAILS,
            "input_token_details", INPUT_DETAILS,
            "completion_tokens_details", OUTPUT_DETAILS,
            "output_tokens_details", OUTPUT_DETAILS,
            "output_token_details", OUTPUT_DETAILS,
            "server_tool_use", SERVER_TOOLS);

    private static final Set<String> OPEN_AI = Set.of(
            "prompt_tokens",
            "prompt_tokens_details",
            "input_tokens_details",
            "input_token_details",
            "completion_tokens_details",
            "output_tokens_details",
            "output_token_details");

    private UsageReport() {}

    /** The report as the fact {@code $usage}; absent if the object counts nothing. */
    public static @Nullable JsonText of(JsonNode usage) {
        Map<String, Long> counts = counts(usage);
        return counts.isEmpty() ? null : new JsonText(JsonLists.json(counts));
    }

    /**
     * As {@link #of}, for a map whose maker prices each of its keys by itself (Langfuse's {@code usageDetails}): without a
     * total its counts are disjoint, and the total is their sum. A report of OpenAI's, whose details lie in objects of their
     * own, is none, nor is one that says its total.
     */
    public static @Nullable JsonText ofDisjoint(JsonNode usage) {
        Map<String, Long> counts = counts(usage);
        boolean isOpenAi = OPEN_AI.stream().anyMatch(usage::has);
        if (counts.keySet().stream().anyMatch(name -> !PIECES.contains(name))
                && !counts.containsKey(TOTAL)
                && !isOpenAi) {
            long writes = Math.max(counts.getOrDefault(CACHE_WRITE, 0L), counts.getOrDefault(CACHE_WRITE_1H, 0L));
            long total = counts.entrySet().stream()
                    .filter(count -> !count.getKey().equals(CACHE_WRITE)
                            && !count.getKey().equals(CACHE_WRITE_1H)
                            && !PIECES.contains(count.getKey()))
                    .mapToLong(count -> Math.max(0, count.getValue()))
                    .sum();
            counts.put(TOTAL, total + writes);
        }
        return counts.isEmpty() ? null : new JsonText(JsonLists.json(counts));
    }

    /** The counts by attribute; details of zero say nothing and are left out. */
    public static Map<String, Long> counts(JsonNode usage) {
        Map<String, Long> counts = new TreeMap<>();
        usage.properties().forEach(entry -> {
            String name = entry.getKey();
            Map<String, String> details = DETAILS.get(name);
            if (details != null) {
                entry.getValue()
                        .properties()
                        .forEach(detail -> put(counts, details.get(detail.getKey()), detail.getValue()));
            } else {
                put(counts, NAMES.get(name), entry.getValue());
            }
        });
        writes(usage, counts);
        media(usage, counts);
        return counts;
    }

    /**
     * As {@link #of}, for a report whose counts are of another unit than tokens (Langfuse's {@code usage} up to its SDK 2);
     * absent if the unit is not billed by the piece.
     *
     * @param unit in capitals
     */
    public static @Nullable JsonText ofUnit(JsonNode usage, String unit) {
        double total = usage.path("total").asDouble(0);
        double units = total > 0
                ? total
                : usage.path("input").asDouble(0) + usage.path("output").asDouble(0);
        Map<String, Long> counts = switch (unit) {
            case "IMAGES" -> Map.of(IMAGES, Math.round(units));
            case "CHARACTERS" -> Map.of(CHARACTERS, Math.round(units));
            case "MILLISECONDS" -> Map.of(MEDIA_MS, Math.round(units));
            case "SECONDS" -> Map.of(MEDIA_MS, Math.round(units * MILLIS));
            default -> Map.of();
        };
        return counts.isEmpty() || units <= 0 ? null : new JsonText(JsonLists.json(counts));
    }

    /** The sum of the counts of tokens. */
    public static long tokens(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(count -> !PIECES.contains(count.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** OpenAI bills some transcriptions by their length: {@code "usage": {"type": "duration", "seconds": 12.5}}. */
    private static void media(JsonNode usage, Map<String, Long> counts) {
        JsonNode seconds = usage.path("seconds");
        if (seconds.isNumber() && seconds.asDouble() > 0 && !counts.containsKey(INPUT)) {
            counts.put(MEDIA_MS, Math.round(seconds.asDouble() * MILLIS));
        }
    }

    /** Anthropic splits its cache writes by lifetime, in an object; Langfuse flattens the same with suffixes. */
    private static void writes(JsonNode usage, Map<String, Long> counts) {
        JsonNode split = usage.path("cache_creation");
        JsonNode hour = split.path("ephemeral_1h_input_tokens");
        put(counts, CACHE_WRITE_1H, hour);
        JsonNode five = usage.path("input_cache_creation_5m");
        Long writtenHour = counts.get(CACHE_WRITE_1H);
        if (five.isIntegralNumber() && !counts.containsKey(CACHE_WRITE)) {
            long all = Math.max(0, five.asLong()) + (writtenHour == null ? 0 : writtenHour);
            if (all > 0) {
                counts.put(CACHE_WRITE, all);
            }
        }
    }

    private static void put(Map<String, Long> counts, @Nullable String attribute, JsonNode count) {
        if (attribute == null || !count.isNumber() || !count.canConvertToLong()) {
            return;
        }
        boolean isWhole = attribute.equals(INPUT) || attribute.equals(OUTPUT) || attribute.equals(TOTAL);
        if (isWhole || count.asLong() != 0) {
            counts.put(attribute, count.asLong());
        }
    }
}
