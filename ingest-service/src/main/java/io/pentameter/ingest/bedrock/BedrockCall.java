package io.pentameter.ingest.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.pentameter.ingest.assembly.Ids;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorTime;
import io.pentameter.ingest.vendor.WholeSpan;
import java.util.Map;
import java.util.TreeMap;

/**
 * A record of Bedrock's model invocation log as a span. Its ids come from {@code requestId}, so that the same record,
 * imported again, is the same span; {@code trace_id} and {@code parent_span_id} of the request's metadata put it into the
 * caller's trace.
 *
 * <p>Token counts of the log leave the cached ones out. The record's time is taken for the start; the duration is what the
 * answer's metrics say, 0 if they say nothing.
 */
final class BedrockCall {

    private static final String SCHEMA = "ModelInvocationLog";
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Keys of the request's metadata that are dimensions by their name. */
    private static final Map<String, String> DIMENSIONS = Map.of(
            "feature", "pentameter.feature",
            "customer", "pentameter.customer",
            "user", "pentameter.user",
            "user_id", "pentameter.user",
            "session", "pentameter.session",
            "session_id", "pentameter.session",
            "route", "pentameter.route",
            "environment", "pentameter.environment");

    private BedrockCall() {}

    /** @param bodies finds those that are not in the record */
    static RawSpan of(JsonNode record, BedrockBodies bodies) {
        String request = VendorJson.text(record, "requestId");
        JsonNode metadata = record.path("requestMetadata");
        String trace = VendorJson.text(metadata, "trace_id");
        String parent = VendorJson.text(metadata, "parent_span_id");
        WholeSpan span = new WholeSpan();
        if (request.isEmpty()) {
            span.broken("requestId must be a text: " + VendorJson.shown(record.path("requestId")));
        } else {
            span.ids(
                    Ids.trace(trace.isEmpty() ? request : trace),
                    Ids.span("bedrock/" + request),
                    parent.isEmpty() ? ByteString.EMPTY : Ids.span(parent));
        }
        if (!VendorJson.text(record, "schemaType").equals(SCHEMA)) {
            span.broken("schemaType must be " + SCHEMA + ": " + VendorJson.shown(record.path("schemaType")));
        }
        BedrockAnswer answer = BedrockAnswer.of(body(record.path("output"), "output", bodies, span));
        times(record, answer, span);
        model(record, answer, span);
        usage(record, answer, span);
        asked(record.path("input"), body(record.path("input"), "input", bodies, span), span);
        span.with("gen_ai.output.messages", answer.output())
                .with("gen_ai.response.id", answer.id())
                .with("gen_ai.response.finish_reasons", answer.stopReason())
                .with("gen_ai.guardrail.action", answer.guardrail().equals("INTERVENED") ? "blocked" : "");
        error(record, span);
        origin(record, span);
        return span.build();
    }

    private static void times(JsonNode record, BedrockAnswer answer, WholeSpan span) {
        Long start = VendorTime.nanos(record.path("timestamp"));
        if (start == null) {
            span.broken("timestamp must be a time in ISO 8601: " + VendorJson.shown(record.path("timestamp")));
            return;
        }
        span.during(start, start + Math.max(0, answer.latencyMs()) * NANOS_PER_MILLI);
        if (answer.firstByteMs() >= 0) {
            span.with("gen_ai.response.time_to_first_chunk", answer.firstByteMs() / 1e3);
        }
    }

    private static void model(JsonNode record, BedrockAnswer answer, WholeSpan span) {
        BedrockModel model = BedrockModel.of(VendorJson.text(record, "modelId"));
        String answered = model.isKnown() || answer.model().isEmpty() ? model.id() : answer.model();
        boolean isEmbedding = model.id().contains("embed");
        String operation = isEmbedding ? "embeddings" : "chat";
        span.named(operation + " " + model.id())
                .with("gen_ai.operation.name", operation)
                .with("gen_ai.provider.name", "aws.bedrock")
                .with("gen_ai.request.model", model.id())
                .with("gen_ai.response.model", answered)
                .with("bedrock.operation", VendorJson.text(record, "operation"))
                .with("bedrock.model_id", VendorJson.text(record, "modelId"));
    }

    /** The log's own counts go before those of the body; the total says that the cached ones are beside the input. */
    private static void usage(JsonNode record, BedrockAnswer answer, WholeSpan span) {
        Map<String, Long> counts = new TreeMap<>(answer.usage());
        JsonNode input = record.path("input");
        put(counts, "gen_ai.usage.input_tokens", input.path("inputTokenCount"));
        put(counts, "gen_ai.usage.cache_read.input_tokens", input.path("cacheReadInputTokenCount"));
        put(counts, "gen_ai.usage.cache_creation.input_tokens", input.path("cacheWriteInputTokenCount"));
        put(counts, "gen_ai.usage.output_tokens", record.path("output").path("outputTokenCount"));
        counts.remove("gen_ai.usage.total_tokens");
        if (counts.containsKey("gen_ai.usage.input_tokens")) {
            // what is a part of another count is not added
            long total = counts.entrySet().stream()
                    .filter(count -> !count.getKey().contains("ephemeral"))
                    .filter(count -> !count.getKey().contains("reasoning"))
                    .filter(count -> count.getKey().startsWith("gen_ai."))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
            counts.put("gen_ai.usage.total_tokens", total);
        }
        span.withAll(counts);
    }

    private static void put(Map<String, Long> counts, String attribute, JsonNode count) {
        if (count.isIntegralNumber() && count.canConvertToLong() && count.asLong() >= 0) {
            counts.put(attribute, count.asLong());
        }
    }

    /** The body of a direction, in the record or where the record says. */
    private static JsonNode body(JsonNode within, String direction, BedrockBodies bodies, WholeSpan span) {
        JsonNode body = within.path(direction + "BodyJson");
        String path = VendorJson.text(within, direction + "BodyS3Path");
        if (!body.isMissingNode() || path.isEmpty()) {
            return body;
        }
        BedrockBodies.Body found = bodies.find(path);
        span.with("bedrock." + direction + "_body", found.state());
        return found.json() == null ? body : found.json();
    }

    private static void asked(JsonNode input, JsonNode body, WholeSpan span) {
        JsonNode messages = body.path("messages");
        if (messages.isMissingNode()) {
            String text = VendorJson.text(body, "inputText");
            text = text.isEmpty() ? VendorJson.text(body, "prompt") : text;
            if (text.isEmpty()) {
                span.with("gen_ai.input.messages", body);
            } else {
                span.with("gen_ai.input.messages", text);
            }
        } else {
            span.with("gen_ai.input.messages", messages);
        }
        span.with("gen_ai.system_instructions", body.path("system"));
        JsonNode tools = body.path("toolConfig").path("tools");
        span.with("gen_ai.tool.definitions", tools.isMissingNode() ? body.path("tools") : tools);
        JsonNode most = body.path("inferenceConfig").path("maxTokens");
        span.with("gen_ai.request.max_tokens", most.isMissingNode() ? body.path("max_tokens") : most);
        JsonNode heat = body.path("inferenceConfig").path("temperature");
        span.with("gen_ai.request.temperature", heat.isMissingNode() ? body.path("temperature") : heat);
        span.with("bedrock.input_body_s3_path", VendorJson.text(input, "inputBodyS3Path"));
    }

    private static void error(JsonNode record, WholeSpan span) {
        String code = VendorJson.text(record, "errorCode");
        if (!code.isEmpty()) {
            span.failed(code).with("error.type", code);
        }
        JsonNode status = record.path("status");
        if (status.isIntegralNumber() && status.asInt() >= 100 && status.asInt() < 600) {
            span.with("http.response.status_code", status.asLong());
        } else if (status.isTextual()) {
            span.with("bedrock.status", status.asText());
        }
    }

    private static void origin(JsonNode record, WholeSpan span) {
        span.with("bedrock.request_id", VendorJson.text(record, "requestId"))
                .with("cloud.account.id", VendorJson.text(record, "accountId"))
                .with("cloud.region", VendorJson.text(record, "region"))
                .with("bedrock.inference_region", VendorJson.text(record, "inferenceRegion"))
                .with("bedrock.identity", VendorJson.text(record.path("identity"), "arn"))
                .with("bedrock.latency", VendorJson.text(record.path("performanceConfig"), "latency"))
                .with("bedrock.output_body_s3_path", VendorJson.text(record.path("output"), "outputBodyS3Path"));
        record.path("requestMetadata").properties().forEach(entry -> {
            span.with("bedrock.request_metadata." + entry.getKey(), entry.getValue());
            String dimension = DIMENSIONS.get(entry.getKey());
            if (dimension != null) {
                span.with(dimension, entry.getValue());
            }
        });
    }
}
