package io.pentameter.bench.dialect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The protocols of the vendors' own, as their SDKs write them. */
final class VendorBody {

    /** Between the parts of a multipart body. */
    static final String BOUNDARY = "----LangSmithFormBoundarybench";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter DOTTED = DateTimeFormatter.ofPattern(
                    "yyyyMMdd'T'HHmmssSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private VendorBody() {}

    /** A trace, and each generation created and ended at once. */
    static ObjectNode langsmithBatch(List<Talk> talks) {
        ObjectNode body = JSON.objectNode();
        ArrayNode post = body.putArray("post");
        for (Talk talk : talks) {
            post.add(langsmithRoot(talk));
            for (Talk.Call call : talk.calls()) {
                ObjectNode run = langsmithRun(talk, call);
                run.set("inputs", langsmithInputs(call));
                run.set("outputs", langsmithOutputs(call));
                post.add(run);
            }
        }
        body.putArray("patch");
        return body;
    }

    static byte[] langsmithMultipart(List<Talk> talks) {
        StringBuilder body = new StringBuilder();
        for (Talk talk : talks) {
            part(body, "post." + talk.id(), langsmithRoot(talk));
            for (Talk.Call call : talk.calls()) {
                ObjectNode run = langsmithRun(talk, call);
                String name = "post." + run.path("id").asText();
                part(body, name, run);
                part(body, name + ".inputs", langsmithInputs(call));
                part(body, name + ".outputs", langsmithOutputs(call));
            }
        }
        return body.append("--").append(BOUNDARY).append("--\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    static ArrayNode datadog(List<Talk> talks) {
        ArrayNode events = JSON.arrayNode();
        for (Talk talk : talks) {
            ObjectNode root = datadogSpan(events, talk, talk.root(), "talk", talk.start(), talk.end())
                    .put("parent_id", "undefined");
            root.putObject("meta").put("span.kind", "workflow");
            for (Talk.Call call : talk.calls()) {
                ObjectNode span = datadogSpan(
                                events, talk, call.span(), "OpenAI.createChatCompletion", call.start(), call.end())
                        .put("parent_id", Long.toString(talk.root()));
                ObjectNode meta = span.putObject("meta")
                        .put("span.kind", "llm")
                        .put("model_name", "gpt-4o-mini-2024-07-18")
                        .put("model_provider", "openai");
                meta.putObject("input").set("messages", messages("user", call.question()));
                meta.putObject("output").set("messages", messages("assistant", call.answer()));
                span.putObject("metrics")
                        .put("input_tokens", call.input())
                        .put("cache_read_input_tokens", call.cached())
                        .put("output_tokens", call.output())
                        .put("total_tokens", call.input() + call.output());
            }
        }
        return events;
    }

    /** One call: Helicone's logger sends each by itself. */
    static ObjectNode helicone(Talk talk) {
        Talk.Call call = talk.calls().getFirst();
        ObjectNode body = JSON.objectNode();
        ObjectNode request = body.putObject("providerRequest").put("url", "custom-model-nopath");
        request.putObject("json").put("model", "gpt-4o-mini").set("messages", messages("user", call.question()));
        ObjectNode answer =
                body.putObject("providerResponse").put("status", 200).putObject("json");
        answer.put("id", "chatcmpl-" + Talk.hex(call.span()))
                .put("object", "chat.completion")
                .put("model", "gpt-4o-mini-2024-07-18");
        answer.putArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", "stop")
                .set("message", messages("assistant", call.answer()).get(0));
        answer.putObject("usage")
                .put("prompt_tokens", call.input())
                .put("completion_tokens", call.output())
                .put("total_tokens", call.input() + call.output())
                .putObject("prompt_tokens_details")
                .put("cached_tokens", call.cached());
        ObjectNode timing = body.putObject("timing");
        heliconeTime(timing.putObject("startTime"), call.start());
        heliconeTime(timing.putObject("endTime"), call.end());
        return body;
    }

    static ArrayNode messages(String role, String text) {
        ArrayNode messages = JSON.arrayNode();
        messages.addObject().put("role", role).put("content", text);
        return messages;
    }

    private static ObjectNode langsmithRoot(Talk talk) {
        ObjectNode run = JSON.objectNode()
                .put("id", talk.id().toString())
                .put("trace_id", talk.id().toString())
                .put("dotted_order", DOTTED.format(talk.start()) + talk.id())
                .put("name", "talk")
                .put("run_type", "chain")
                .put("session_name", "bench")
                .put("start_time", talk.start().toString())
                .put("end_time", talk.end().toEpochMilli());
        var _ = langsmithExtra(run, talk);
        return run;
    }

    private static ObjectNode langsmithRun(Talk talk, Talk.Call call) {
        UUID id = new UUID(call.span(), talk.root());
        ObjectNode run = JSON.objectNode()
                .put("id", id.toString())
                .put("trace_id", talk.id().toString())
                .put("parent_run_id", talk.id().toString())
                .put("dotted_order", DOTTED.format(talk.start()) + talk.id() + "." + DOTTED.format(call.start()) + id)
                .put("name", "ChatOpenAI")
                .put("run_type", "llm")
                .put("session_name", "bench")
                .put("start_time", call.start().toString())
                .put("end_time", call.end().toEpochMilli());
        ObjectNode metadata = langsmithExtra(run, talk)
                .put("ls_provider", "openai")
                .put("ls_model_type", "chat")
                .put("ls_model_name", "gpt-4o-mini")
                .put("ls_temperature", 0);
        metadata.putObject("ls_invocation_params");
        langsmithUsage(metadata, call);
        return run;
    }

    /** What the SDK sends along with every run. */
    private static ObjectNode langsmithExtra(ObjectNode run, Talk talk) {
        run.putObject("serialized");
        run.putArray("child_runs");
        run.putArray("tags");
        ObjectNode extra = run.putObject("extra");
        extra.putObject("runtime")
                .put("library", "langsmith")
                .put("runtime", "node")
                .put("sdk", "langsmith-js")
                .put("sdk_version", "0.10.5");
        return extra.putObject("metadata")
                .put("LANGSMITH_TRACING", "true")
                .put("LANGCHAIN_CALLBACKS_BACKGROUND", "true")
                .put("session_id", talk.session())
                .put("user_id", talk.user());
    }

    private static void langsmithUsage(ObjectNode parent, Talk.Call call) {
        ObjectNode usage = parent.putObject("usage_metadata")
                .put("input_tokens", call.input())
                .put("output_tokens", call.output())
                .put("total_tokens", call.input() + call.output());
        usage.putObject("input_token_details").put("audio", 0).put("cache_read", call.cached());
        usage.putObject("output_token_details").put("audio", 0).put("reasoning", 0);
    }

    private static ObjectNode langsmithInputs(Talk.Call call) {
        ObjectNode inputs = JSON.objectNode();
        inputs.set("messages", messages("user", call.question()));
        return inputs;
    }

    private static ObjectNode langsmithOutputs(Talk.Call call) {
        ObjectNode outputs = JSON.objectNode().put("model", "gpt-4o-mini-2024-07-18");
        outputs.putArray("choices")
                .addObject()
                .set("message", messages("assistant", call.answer()).get(0));
        langsmithUsage(outputs, call);
        return outputs;
    }

    private static void part(StringBuilder body, String name, ObjectNode json) {
        String text = json.toString();
        body.append(
                        "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\nContent-Type: application/json; length=%d\r\n\r\n"
                                .formatted(BOUNDARY, name, text.getBytes(StandardCharsets.UTF_8).length))
                .append(text)
                .append("\r\n");
    }

    private static ObjectNode datadogSpan(
            ArrayNode events, Talk talk, long id, String name, Instant start, Instant end) {
        ObjectNode span = events.addObject()
                .put("_dd.stage", "raw")
                .put("event_type", "span")
                .putArray("spans")
                .addObject()
                .put("trace_id", talk.hexId())
                .put("span_id", Long.toString(id))
                .put("name", name)
                .put("start_ns", Talk.nanos(start))
                .put("duration", Talk.nanos(end) - Talk.nanos(start))
                .put("status", "ok")
                .put("session_id", talk.session());
        span.putArray("tags").add("ml_app:bench").add("service:bench").add("user_id:" + talk.user());
        return span;
    }

    private static void heliconeTime(ObjectNode time, Instant instant) {
        time.put("seconds", instant.getEpochSecond()).put("milliseconds", instant.getNano() / 1_000_000);
    }
}
