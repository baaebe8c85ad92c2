package io.pentameter.bench.dialect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Talks as Langfuse's SDK 3 writes them when it watches OpenAI's client: an event for the trace and one for each call. */
final class LangfuseBody {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private LangfuseBody() {}

    static ObjectNode of(List<Talk> talks) {
        ObjectNode body = JSON.objectNode();
        ArrayNode batch = body.putArray("batch");
        for (Talk talk : talks) {
            ObjectNode trace = event(batch, "trace-create", talk.start())
                    .put("id", talk.id().toString())
                    .put("release", "r1")
                    .put("timestamp", talk.start().toString())
                    .put("environment", "production")
                    .put("name", "talk")
                    .put("userId", talk.user())
                    .put("sessionId", talk.session())
                    .put("public", false);
            trace.putObject("metadata");
            trace.putArray("tags");
            talk.calls().forEach(call -> call(batch, talk, call));
        }
        body.putObject("metadata")
                .put("batch_size", batch.size())
                .put("sdk_integration", "DEFAULT")
                .put("sdk_version", "3.39.2")
                .put("sdk_variant", "langfuse")
                .put("public_key", "pk-lf-bench")
                .put("sdk_name", "langfuse-js");
        return body;
    }

    private static void call(ArrayNode batch, Talk talk, Talk.Call call) {
        ObjectNode generation = event(batch, "generation-create", call.start())
                .put("id", new UUID(call.span(), talk.root()).toString())
                .put("startTime", call.start().toString())
                .put("model", "gpt-4o-mini-2024-07-18")
                .put("environment", "production")
                .put("name", "OpenAI.chat");
        generation.putObject("input").set("messages", VendorBody.messages("user", call.question()));
        generation.putObject("modelParameters").put("temperature", 0).putNull("response_format");
        generation.putObject("metadata");
        ObjectNode answer =
                (ObjectNode) VendorBody.messages("assistant", call.answer()).get(0);
        answer.putNull("refusal").putArray("annotations");
        generation.set("output", answer);
        generation.put("endTime", call.end().toString());
        int total = call.input() + call.output();
        generation
                .putObject("usage")
                .put("input", call.input())
                .put("output", call.output())
                .put("total", total);
        generation
                .putObject("usageDetails")
                .put("input", call.input())
                .put("output", call.output())
                .put("total", total)
                .put("input_cached_tokens", call.cached())
                .put("input_audio_tokens", 0)
                .put("output_reasoning_tokens", 0)
                .put("output_audio_tokens", 0)
                .put("output_accepted_prediction_tokens", 0)
                .put("output_rejected_prediction_tokens", 0);
        generation.put("traceId", talk.id().toString()).putNull("parentObservationId");
    }

    private static ObjectNode event(ArrayNode batch, String type, Instant time) {
        return batch.addObject()
                .put("id", UUID.randomUUID().toString())
                .put("type", type)
                .put("timestamp", time.toString())
                .putObject("body");
    }
}
