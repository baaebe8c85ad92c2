package io.pentameter.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What LiteLLM's map says of things that are billed by the piece. What a field means depends on the model's mode. */
final class LitellmPieces {

    private static final BigDecimal NANO = BigDecimal.valueOf(1_000_000_000);

    /** Seconds to milliseconds. */
    private static final int MILLI = 3;

    private LitellmPieces() {}

    /** Nano-dollars of a unit by bucket. */
    static Map<Bucket, BigDecimal> of(JsonNode model) {
        Map<Bucket, BigDecimal> prices = new EnumMap<>(Bucket.class);
        String mode = model.path("mode").asText();
        put(prices, Bucket.SEARCHES, model.path("search_context_cost_per_query").path("search_context_size_medium"));
        put(prices, Bucket.PAGES, model.path("ocr_cost_per_page"));
        switch (mode) {
            case "image_generation", "image_edit" ->
                put(prices, Bucket.IMAGES, first(model, "output_cost_per_image", "input_cost_per_image"));
            case "audio_transcription" ->
                put(prices, Bucket.MEDIA_MS, first(model, "input_cost_per_second", "output_cost_per_second"));
            case "video_generation" ->
                put(
                        prices,
                        Bucket.MEDIA_MS,
                        first(model, "output_cost_per_video_per_second", "output_cost_per_second"));
            case "audio_speech" -> put(prices, Bucket.CHARACTERS, first(model, "input_cost_per_character"));
            default -> put(prices, Bucket.IMAGES, first(model, "output_cost_per_image"));
        }
        prices.computeIfPresent(Bucket.MEDIA_MS, (_, second) -> second.movePointLeft(MILLI));
        return prices;
    }

    /** Fee of a call; absent if there is none. */
    static @Nullable UnitPrice fee(JsonNode model) {
        JsonNode fee = first(model, "input_cost_per_request", "input_cost_per_query");
        return fee.isNumber() && fee.decimalValue().signum() > 0
                ? UnitPrice.of(fee.decimalValue().multiply(NANO))
                : null;
    }

    private static JsonNode first(JsonNode model, String... names) {
        for (String name : names) {
            JsonNode price = model.path(name);
            if (price.isNumber() && price.decimalValue().signum() > 0) {
                return price;
            }
        }
        return model.path("");
    }

    private static void put(Map<Bucket, BigDecimal> prices, Bucket bucket, JsonNode price) {
        if (price.isNumber() && price.decimalValue().signum() > 0) {
            prices.put(bucket, price.decimalValue().multiply(NANO));
        }
    }
}
