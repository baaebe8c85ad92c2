package io.pentameter.ingest.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.ingest.dialect.JsonText;
import io.pentameter.ingest.vendor.UsageReport;
import io.pentameter.ingest.vendor.VendorJson;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the model answered, in whichever form: Converse, the model's own body, or the array of a stream's chunks. What a
 * later chunk says replaces what an earlier one said. Not thread-safe.
 */
final class BedrockAnswer {

    private final StringBuilder text = new StringBuilder();
    private final Map<String, Long> usage = new TreeMap<>();
    private @Nullable JsonNode content;
    private String model = "";
    private String id = "";
    private String stop = "";
    private String guardrail = "";
    private long latencyMs = -1;
    private long firstByteMs = -1;

    private BedrockAnswer() {}

    static BedrockAnswer of(JsonNode body) {
        BedrockAnswer answer = new BedrockAnswer();
        if (body.isArray()) {
            body.forEach(answer::take);
        } else {
            answer.take(body);
        }
        return answer;
    }

    private void take(JsonNode part) {
        // Anthropic's streams: the beginning of the message is inside of the first chunk
        JsonNode body = part.path("message").isObject() && !part.has("output") ? part.path("message") : part;
        model = said(body, "model", model);
        id = said(body, "id", id);
        counts(body.path("usage"));
        counts(part.path("usage"));
        counts(part.path("metadata").path("usage"));
        metrics(part.path("metrics"));
        metrics(part.path("metadata").path("metrics"));
        invocation(part.path("amazon-bedrock-invocationMetrics"));
        guardrail = said(part, "amazon-bedrock-guardrailAction", guardrail);
        stop = said(body, "stop_reason", stop);
        stop = said(part, "stopReason", stop);
        stop = said(part.path("delta"), "stop_reason", stop);
        stop = said(part.path("messageStop"), "stopReason", stop);
        stop = said(part.path("results").path(0), "completionReason", stop);
        content(part, body);
    }

    private void content(JsonNode part, JsonNode body) {
        JsonNode converse = part.path("output").path("message");
        if (converse.isObject()) {
            content = converse;
        } else if (body.path("content").isArray() && !body.path("content").isEmpty()) {
            ObjectNode message = VendorJson.object().put("role", "assistant");
            message.set("content", body.path("content"));
            content = message;
        } else if (body.path("choices").path(0).path("message").isObject()) {
            content = body.path("choices").path(0).path("message");
            stop = said(body.path("choices").path(0), "finish_reason", stop);
        }
        text.append(VendorJson.text(part.path("delta"), "text"))
                .append(VendorJson.text(part.path("contentBlockDelta").path("delta"), "text"))
                .append(VendorJson.text(part, "generation"))
                .append(VendorJson.text(part, "completion"))
                .append(VendorJson.text(part, "outputText"))
                .append(VendorJson.text(part.path("results").path(0), "outputText"));
    }

    private void counts(JsonNode reported) {
        usage.putAll(UsageReport.counts(reported));
    }

    private void metrics(JsonNode metrics) {
        latencyMs = number(metrics, "latencyMs", latencyMs);
    }

    private void invocation(JsonNode metrics) {
        latencyMs = number(metrics, "invocationLatency", latencyMs);
        firstByteMs = number(metrics, "firstByteLatency", firstByteMs);
    }

    private static long number(JsonNode node, String field, long otherwise) {
        JsonNode value = node.path(field);
        return value.isNumber() && value.canConvertToInt() && value.asLong() >= 0 ? value.asLong() : otherwise;
    }

    private static String said(JsonNode node, String field, String otherwise) {
        String said = VendorJson.text(node, field);
        return said.isEmpty() ? otherwise : said;
    }

    /** The messages, or the text of a stream put together; absent if there is neither. */
    @Nullable
    Object output() {
        if (content != null) {
            ArrayNode messages = VendorJson.array();
            messages.add(content);
            return new JsonText(messages.toString());
        }
        return text.isEmpty() ? null : text.toString();
    }

    /** Counts by attribute; empty if the body reports none. */
    Map<String, Long> usage() {
        return usage;
    }

    /** Model that the body names, empty if it names none. */
    String model() {
        return model;
    }

    String id() {
        return id;
    }

    String stopReason() {
        return stop;
    }

    /** {@code INTERVENED}, {@code NONE}; empty if no guardrail was asked. */
    String guardrail() {
        return guardrail;
    }

    /** Milliseconds; -1 if not known. */
    long latencyMs() {
        return latencyMs;
    }

    /** Milliseconds to the first byte; -1 if not known. */
    long firstByteMs() {
        return firstByteMs;
    }
}
