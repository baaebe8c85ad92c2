package io.pentameter.stack.chaos;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Talks as the vendors' SDKs write them. Langfuse's and LangSmith's tell each step when it begins and again when it ends, in another
 * request; what the trace is, its session and its release, the first tells, and tokens the second.
 */
final class VendorBody {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter DOTTED = DateTimeFormatter.ofPattern(
                    "yyyyMMdd'T'HHmmssSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private VendorBody() {}

    /** The requests that tell a talk, in the order in which its client would send them. */
    static List<String> of(Vendor vendor, Talk talk) {
        return switch (vendor) {
            case LANGFUSE ->
                List.of(langfuseBegun(talk).toString(), langfuseEnded(talk).toString());
            case LANGSMITH ->
                List.of(langsmithBegun(talk).toString(), langsmithEnded(talk).toString());
            case DATADOG -> List.of(datadog(talk).toString());
        };
    }

    private static ObjectNode langfuseBegun(Talk talk) {
        ObjectNode body = JSON.objectNode();
        ArrayNode batch = body.putArray("batch");
        event(batch, "trace-create", talk.start())
                .put("id", talk.id().toString())
                .put("timestamp", talk.start().toString())
                .put("name", "chaos")
                .put("sessionId", talk.group())
                .put("release", talk.group());
        for (Talk.Call call : talk.calls()) {
            event(batch, "generation-create", call.start())
                    .put("id", call.id().toString())
                    .put("traceId", talk.id().toString())
                    .put("name", "OpenAI.chat")
                    .put("startTime", call.start().toString())
                    .put("model", Price.MODEL)
                    .put("input", "And now?");
        }
        body.putObject("metadata");
        return body;
    }

    private static ObjectNode langfuseEnded(Talk talk) {
        ObjectNode body = JSON.objectNode();
        ArrayNode batch = body.putArray("batch");
        for (Talk.Call call : talk.calls()) {
            event(batch, "generation-update", call.end())
                    .put("id", call.id().toString())
                    .put("traceId", talk.id().toString())
                    .put("endTime", call.end().toString())
                    .put("output", "Done.")
                    .putObject("usageDetails")
                    .put("input", call.uncached())
                    .put("input_cached_tokens", call.cached())
                    .put("output", call.output());
        }
        body.putObject("metadata");
        return body;
    }

    private static ObjectNode event(ArrayNode batch, String type, Instant at) {
        return batch.addObject()
                .put("id", UUID.randomUUID().toString())
                .put("type", type)
                .put("timestamp", at.toString())
                .putObject("body");
    }

    private static ObjectNode langsmithBegun(Talk talk) {
        ObjectNode body = JSON.objectNode();
        ArrayNode post = body.putArray("post");
        begun(langsmithRoot(post, talk), talk, "chain", talk.start());
        for (Talk.Call call : talk.calls()) {
            begun(langsmithCall(post, talk, call), talk, "llm", call.start())
                    .put("ls_provider", "openai")
                    .put("ls_model_type", "chat")
                    .put("ls_model_name", "gpt-4o-mini");
        }
        body.putArray("patch");
        return body;
    }

    /** Returns its metadata. */
    private static ObjectNode begun(ObjectNode run, Talk talk, String type, Instant start) {
        run.put("name", type.equals("llm") ? "ChatOpenAI" : "chaos")
                .put("run_type", type)
                .put("session_name", "chaos")
                .put("start_time", start.toString());
        run.putObject("inputs").put("question", "And now?");
        return run.putObject("extra")
                .putObject("metadata")
                .put("session_id", talk.group())
                .put("revision_id", talk.group());
    }

    private static ObjectNode langsmithEnded(Talk talk) {
        ObjectNode body = JSON.objectNode();
        body.putArray("post");
        ArrayNode patch = body.putArray("patch");
        for (Talk.Call call : talk.calls()) {
            ObjectNode outputs = langsmithCall(patch, talk, call)
                    .put("end_time", call.end().toEpochMilli())
                    .putObject("outputs");
            outputs.put("model", Price.MODEL);
            ObjectNode usage = outputs.putObject("usage_metadata")
                    .put("input_tokens", call.input())
                    .put("output_tokens", call.output())
                    .put("total_tokens", call.input() + call.output());
            usage.putObject("input_token_details").put("cache_read", call.cached());
        }
        langsmithRoot(patch, talk)
                .put("end_time", talk.end().toEpochMilli())
                .putObject("outputs")
                .put("answer", "Done.");
        return body;
    }

    private static ObjectNode langsmithRoot(ArrayNode runs, Talk talk) {
        return runs.addObject()
                .put("id", talk.id().toString())
                .put("trace_id", talk.id().toString())
                .put("dotted_order", dotted(talk.start(), talk.id()));
    }

    private static ObjectNode langsmithCall(ArrayNode runs, Talk talk, Talk.Call call) {
        return runs.addObject()
                .put("id", call.id().toString())
                .put("trace_id", talk.id().toString())
                .put("parent_run_id", talk.id().toString())
                .put("dotted_order", dotted(talk.start(), talk.id()) + "." + dotted(call.start(), call.id()));
    }

    private static String dotted(Instant start, UUID id) {
        return DOTTED.format(start) + id;
    }

    private static ArrayNode datadog(Talk talk) {
        ArrayNode events = JSON.arrayNode();
        String root = Long.toUnsignedString(talk.root().getMostSignificantBits());
        datadogSpan(events, talk, root, talk.start(), talk.end())
                .put("name", "chaos")
                .put("parent_id", "undefined")
                .putObject("meta")
                .put("span.kind", "workflow");
        for (Talk.Call call : talk.calls()) {
            String id = Long.toUnsignedString(call.id().getMostSignificantBits());
            ObjectNode span = datadogSpan(events, talk, id, call.start(), call.end())
                    .put("name", "OpenAI.createChatCompletion")
                    .put("parent_id", root);
            ObjectNode meta = span.putObject("meta")
                    .put("span.kind", "llm")
                    .put("model_name", Price.MODEL)
                    .put("model_provider", "openai");
            meta.putObject("input").put("value", "And now?");
            meta.putObject("output").put("value", "Done.");
            span.putObject("metrics")
                    .put("input_tokens", call.input())
                    .put("cache_read_input_tokens", call.cached())
                    .put("output_tokens", call.output())
                    .put("total_tokens", call.input() + call.output());
        }
        return events;
    }

    private static ObjectNode datadogSpan(ArrayNode events, Talk talk, String id, Instant start, Instant end) {
        ObjectNode span = events.addObject()
                .put("_dd.stage", "raw")
                .put("event_type", "span")
                .putArray("spans")
                .addObject()
                .put("trace_id", talk.hexId())
                .put("span_id", id)
                .put("start_ns", start.getEpochSecond() * 1_000_000_000L + start.getNano())
                .put("duration", Duration.between(start, end).toNanos())
                .put("status", "ok")
                .put("session_id", talk.group());
        span.putArray("tags").add("ml_app:chaos").add("service:chaos").add("version:" + talk.group());
        return span;
    }
}
