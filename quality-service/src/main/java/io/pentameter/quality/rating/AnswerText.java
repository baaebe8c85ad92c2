package io.pentameter.quality.rating;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The words of an output: of a list of messages their text, of anything else the output itself.
 *
 * @param hasOtherParts whether there are parts without text, such as tool calls
 */
record AnswerText(String text, boolean hasOtherParts) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads an output.
     *
     * @param output JSON messages as the GenAI conventions write them ({@code [{"role","parts":[{"type","content"}]}]}),
     *               the older {@code {"role","content"}}, or plain text
     */
    static AnswerText of(String output) {
        String trimmed = output.strip();
        if (!trimmed.startsWith("[") && !trimmed.startsWith("{")) {
            return new AnswerText(output, false);
        }
        try {
            JsonNode root = JSON.readTree(trimmed);
            JsonNode first = root.isArray() ? root.path(0) : root;
            if (!first.has("role") || !(first.has("parts") || first.has("content") || first.has("tool_calls"))) {
                return new AnswerText(output, false);
            }
            Collected collected = new Collected();
            if (root.isArray()) {
                root.forEach(collected::message);
            } else {
                collected.message(root);
            }
            return new AnswerText(collected.text.toString(), collected.hasOtherParts);
        } catch (JsonProcessingException _) {
            return new AnswerText(output, false); // plain text that begins like JSON, or JSON that was cut
        }
    }

    private static final class Collected {
        private final StringBuilder text = new StringBuilder();
        private boolean hasOtherParts;

        private void message(JsonNode message) {
            part(message.path("content"));
            part(message.path("parts"));
            hasOtherParts |= !message.path("tool_calls").isEmpty();
        }

        private void part(JsonNode part) {
            if (part.isTextual()) {
                append(part.textValue());
            } else if (part.isArray()) {
                part.forEach(this::part);
            } else if (part.isObject()) {
                object(part);
            }
        }

        private void object(JsonNode part) {
            JsonNode words = part.has("content") ? part.path("content") : part.path("text");
            switch (part.path("type").asText("text")) {
                case "text", "output_text", "refusal" ->
                    append(words.asText(part.path("refusal").asText("")));
                case "reasoning", "thinking" -> {
                    // not part of what the user gets
                }
                default -> hasOtherParts = true;
            }
        }

        private void append(String words) {
            if (!text.isEmpty() && !words.isEmpty()) {
                text.append('\n');
            }
            text.append(words);
        }
    }
}
