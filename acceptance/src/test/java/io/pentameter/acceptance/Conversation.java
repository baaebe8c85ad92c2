package io.pentameter.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the query API shows of one client's conversation, written so that it can be compared whole: a line for each span, by
 * start, below its parent.
 *
 * @param user    the end user that the client was told
 * @param session the session that the client was told
 */
record Conversation(String user, String session) {

    private static final Map<String, String> TOTALS = Map.of(
            "model_calls", "calls",
            "model_call_errors", "failed",
            "requests", "requests");

    /** The traces, each a tree, in this order. */
    String tree(List<JsonNode> traces) {
        StringBuilder text = new StringBuilder();
        for (JsonNode trace : traces) {
            Map<String, List<JsonNode>> children = new HashMap<>();
            Set<String> ids = new HashSet<>();
            trace.path("spans").forEach(span -> ids.add(span.path("spanId").asText()));
            for (JsonNode span : trace.path("spans")) {
                String parent = span.path("parentSpanId").asText("");
                children.computeIfAbsent(ids.contains(parent) ? parent : "", _ -> new ArrayList<>())
                        .add(span);
            }
            append(text, "", 0, children);
        }
        return text.toString();
    }

    private void append(StringBuilder text, String parent, int depth, Map<String, List<JsonNode>> children) {
        for (JsonNode span : children.getOrDefault(parent, List.of())) {
            text.append("  ".repeat(depth)).append(line(span, depth)).append('\n');
            append(text, span.path("spanId").asText(), depth + 1, children);
        }
    }

    /** The score that clients give the traces or their spans; those that are sampled for come and go. */
    static String scores(List<JsonNode> traces) {
        List<String> scores = new ArrayList<>();
        for (JsonNode trace : traces) {
            trace.path("scores").forEach(score -> scores.add(score(score)));
            trace.path("spans").forEach(span -> span.path("scores").forEach(score -> scores.add(score(score))));
        }
        scores.removeIf(score -> !score.startsWith("helpful="));
        return scores.isEmpty() ? "" : "scores " + String.join(" ", scores) + "\n";
    }

    /** The answer of a metrics query. */
    static String totals(JsonNode answer) {
        JsonNode totals = answer.path("totals");
        StringBuilder text = new StringBuilder("totals");
        for (String measure : List.of(
                "requests",
                "model_calls",
                "model_call_errors",
                "input_tokens",
                "cached_tokens",
                "output_tokens",
                "reasoning_tokens",
                "cost_usd")) {
            text.append(' ')
                    .append(TOTALS.getOrDefault(measure, measure))
                    .append('=')
                    .append(totals.path(measure).asText());
        }
        return text.append(" priced=")
                .append(String.format(
                        Locale.ROOT, "%.3f", answer.at("/coverage/priced").asDouble()))
                .append('\n')
                .toString();
    }

    private String line(JsonNode span, int depth) {
        List<String> words = new ArrayList<>();
        words.add(span.path("name").asText());
        words.add("[" + span.path("kind").asText() + "]");
        String parent = span.path("parentSpanId").asText("");
        if (!parent.isEmpty() && depth == 0) {
            words.add("orphan");
        }
        if (span.path("request").asBoolean()) {
            words.add("request");
        }
        JsonNode dimensions = span.path("dimensions");
        if (span.path("kind").asText().equals("model_call")) {
            call(span, dimensions, words);
        }
        if (span.has("failure")) {
            words.add("failure=" + span.at("/failure/word").asText());
        }
        words.add(whose("user", user, dimensions));
        words.add(whose("session", session, dimensions));
        span.path("warnings").forEach(warning -> words.add("warning=" + warning.asText()));
        return String.join(" ", words);
    }

    private static void call(JsonNode span, JsonNode dimensions, List<String> words) {
        words.add(dimensions.path("provider").asText("?"));
        words.add(dimensions.path("model").asText("?"));
        JsonNode usage = span.path("usage");
        if (usage.isObject()) {
            words.add("in=%d+%d"
                    .formatted(
                            usage.path("in_uncached").asLong(),
                            usage.path("in_cache_read").asLong()));
            words.add("out=%d+%d"
                    .formatted(
                            usage.path("out_text").asLong(),
                            usage.path("out_reasoning").asLong()));
        } else if (!span.has("failure")) {
            words.add("in=? out=?");
        }
        JsonNode cost = span.path("cost");
        if (cost.has("usd")) {
            words.add("usd=" + cost.path("usd").asText());
        } else if (cost.has("unknownReason")) {
            words.add("usd=? (" + cost.path("unknownReason").asText() + ")");
        }
        if (span.has("ttftSeconds")) {
            words.add("ttft");
        }
        if (span.at("/payload/inputSize").asLong() > 0) {
            words.add("asked");
        }
        if (span.at("/payload/outputSize").asLong() > 0) {
            words.add("answered");
        }
    }

    private static String whose(String dimension, String expected, JsonNode dimensions) {
        String value = dimensions.path(dimension).asText("");
        return value.isEmpty() ? "no-" + dimension : value.equals(expected) ? dimension : dimension + "=" + value;
    }

    private static String score(JsonNode score) {
        return score.path("name").asText() + "=" + score.path("value").asText();
    }
}
