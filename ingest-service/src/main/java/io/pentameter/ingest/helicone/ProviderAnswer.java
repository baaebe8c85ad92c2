package io.pentameter.ingest.helicone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.pentameter.ingest.dialect.JsonText;
import io.pentameter.ingest.vendor.UsageReport;
import io.pentameter.ingest.vendor.VendorJson;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a provider answered, whole or as the chunks of a stream, one JSON a line.
 *
 * @param provider     if the shape tells it, else empty
 * @param output       the messages, or the text of a stream put together; absent if there is none
 * @param usage        counts by attribute, empty if none were reported
 */
record ProviderAnswer(
        String provider,
        String model,
        String id,
        String finishReason,
        String serviceTier,
        @Nullable Object output,
        Map<String, Long> usage,
        boolean isEmbedding) {

    private static final int MAX_CHUNKS = 100_000;
    private static final Set<String> SEARCHED = Set.of("web_search_call");

    ProviderAnswer {
        usage = Map.copyOf(usage);
    }

    /** @param response with {@code json}, or {@code textBody} for a stream */
    static ProviderAnswer of(JsonNode response) {
        JsonNode json = response.path("json");
        JsonNode text = response.path("textBody");
        Draft draft = new Draft();
        if (text.isTextual() && !text.asText().isEmpty()) {
            text.asText().lines().limit(MAX_CHUNKS).forEach(line -> {
                String chunk = line.startsWith("data:") ? line.substring(5).strip() : line.strip();
                JsonNode parsed = chunk.startsWith("{") ? VendorJson.within(chunk) : null;
                if (parsed != null) {
                    draft.take(parsed);
                }
            });
        } else {
            draft.take(json);
        }
        return draft.answer();
    }

    /** Takes the parts of an answer one after the other; what a later part says replaces what an earlier one said. */
    private static final class Draft {

        private final StringBuilder text = new StringBuilder();
        private final Map<String, Long> usage = new TreeMap<>();
        private String provider = "";
        private String model = "";
        private String id = "";
        private String finishReason = "";
        private String serviceTier = "";
        private @Nullable Object whole;
        private boolean isEmbedding;

        void take(JsonNode part) {
            JsonNode body = part.path("message").isObject() ? part.path("message") : part;
            model = said(body, "model", model);
            id = said(body, "id", id);
            serviceTier = said(body, "service_tier", serviceTier);
            usage.putAll(UsageReport.counts(body.path("usage")));
            usage.putAll(UsageReport.counts(part.path("usage")));
            usage.putAll(UsageReport.counts(body.path("usage_info")));
            isEmbedding |= body.path("data").path(0).has("embedding");
            pieces(UsageReport.IMAGES, body.path("data"), item -> item.has("url") || item.has("b64_json"));
            pieces(UsageReport.SEARCHES, body.path("output"), item -> SEARCHED.contains(VendorJson.text(item, "type")));
            if (VendorJson.text(body, "type").equals("message")
                    || VendorJson.text(part, "type").startsWith("content_block")) {
                provider = "anthropic";
            }
            finishReason = said(body, "stop_reason", finishReason);
            finishReason = said(part.path("delta"), "stop_reason", finishReason);
            text.append(VendorJson.text(part.path("delta"), "text"));
            choices(body.path("choices"));
            if (body.path("content").isArray() && !body.path("content").isEmpty()) {
                whole = message("assistant", body.path("content"));
            } else if (body.path("output").isArray()) {
                whole = VendorJson.attribute(body.path("output"));
            }
        }

        /** What the answer shows and its usage does not count: pictures, calls of the provider's own search. */
        private void pieces(String count, JsonNode items, Predicate<JsonNode> isOne) {
            long found = 0;
            for (JsonNode item : items) {
                found += isOne.test(item) ? 1 : 0;
            }
            if (found > 0) {
                usage.putIfAbsent(count, found);
            }
        }

        private void choices(JsonNode choices) {
            ArrayNode messages = VendorJson.array();
            for (JsonNode choice : choices) {
                finishReason = said(choice, "finish_reason", finishReason);
                text.append(VendorJson.text(choice.path("delta"), "content"));
                if (choice.path("message").isObject()) {
                    messages.add(choice.path("message"));
                }
            }
            if (!messages.isEmpty()) {
                whole = new JsonText(messages.toString());
            }
        }

        private static JsonText message(String role, JsonNode content) {
            ArrayNode messages = VendorJson.array();
            messages.addObject().put("role", role).set("content", content);
            return new JsonText(messages.toString());
        }

        private static String said(JsonNode node, String field, String otherwise) {
            String text = VendorJson.text(node, field);
            return text.isEmpty() ? otherwise : text;
        }

        ProviderAnswer answer() {
            if (provider.equals("anthropic")) {
                // its input never has the cached tokens in it, which only the sum of all tells
                usage.computeIfAbsent("gen_ai.usage.total_tokens", _ -> UsageReport.tokens(usage));
            }
            Object output = text.isEmpty() ? whole : (Object) text.toString();
            return new ProviderAnswer(provider, model, id, finishReason, serviceTier, output, usage, isEmbedding);
        }
    }
}
