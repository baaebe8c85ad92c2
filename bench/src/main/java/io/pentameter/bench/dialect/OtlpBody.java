package io.pentameter.bench.dialect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** OTLP with the attributes of the GenAI conventions, or those of Langfuse's SDK 5. */
final class OtlpBody {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OtlpBody() {}

    static byte[] protobuf(List<Talk> talks) {
        return protobuf(talks, Map.of());
    }

    /** With intent and language said by the client, so that there is nothing to classify. */
    static byte[] classifiedProtobuf(List<Talk> talks) {
        return protobuf(talks, Map.of("pentameter.intent", "support", "pentameter.language", "en"));
    }

    private static byte[] protobuf(List<Talk> talks, Map<String, Object> saidOfRoot) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Talk talk : talks) {
            ByteString trace = ByteString.copyFrom(ByteBuffer.allocate(16)
                    .putLong(talk.id().getMostSignificantBits())
                    .putLong(talk.id().getLeastSignificantBits())
                    .flip());
            Map<String, Object> root = new LinkedHashMap<>(root(talk));
            root.putAll(saidOfRoot);
            scope.addSpans(span(trace, talk.root(), "talk", root)
                    .setStartTimeUnixNano(Talk.nanos(talk.start()))
                    .setEndTimeUnixNano(Talk.nanos(talk.end())));
            for (Talk.Call call : talk.calls()) {
                scope.addSpans(span(trace, call.span(), "chat gpt-4o-mini", call(call))
                        .setParentSpanId(bytes(talk.root()))
                        .setStartTimeUnixNano(Talk.nanos(call.start()))
                        .setEndTimeUnixNano(Talk.nanos(call.end())));
            }
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder().addAttributes(attribute("service.name", "bench")))
                        .addScopeSpans(scope))
                .build()
                .toByteArray();
    }

    static ObjectNode json(List<Talk> talks) {
        return json(talks, false);
    }

    static ObjectNode langfuse(List<Talk> talks) {
        return json(talks, true);
    }

    private static ObjectNode json(List<Talk> talks, boolean isLangfuse) {
        ObjectNode export = JSON.objectNode();
        ObjectNode resource = export.putArray("resourceSpans").addObject();
        ArrayNode attributes = resource.putObject("resource").putArray("attributes");
        attributes.add(jsonAttribute("service.name", "bench"));
        ArrayNode spans = resource.putArray("scopeSpans").addObject().putArray("spans");
        for (Talk talk : talks) {
            spans.add(jsonSpan(talk, talk.root(), "talk", root(talk))
                    .put("startTimeUnixNano", Long.toString(Talk.nanos(talk.start())))
                    .put("endTimeUnixNano", Long.toString(Talk.nanos(talk.end()))));
            for (Talk.Call call : talk.calls()) {
                spans.add(jsonSpan(talk, call.span(), "chat gpt-4o-mini", isLangfuse ? langfuseCall(call) : call(call))
                        .put("parentSpanId", Talk.hex(talk.root()))
                        .put("startTimeUnixNano", Long.toString(Talk.nanos(call.start())))
                        .put("endTimeUnixNano", Long.toString(Talk.nanos(call.end()))));
            }
        }
        return export;
    }

    private static Map<String, Object> root(Talk talk) {
        return Map.of("gen_ai.operation.name", "invoke_agent", "user.id", talk.user(), "session.id", talk.session());
    }

    private static Map<String, Object> call(Talk.Call call) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("gen_ai.operation.name", "chat");
        attributes.put("gen_ai.provider.name", "openai");
        attributes.put("gen_ai.request.model", "gpt-4o-mini");
        attributes.put("gen_ai.response.model", "gpt-4o-mini-2024-07-18");
        attributes.put("gen_ai.usage.input_tokens", (long) call.input());
        attributes.put("gen_ai.usage.cache_read.input_tokens", (long) call.cached());
        attributes.put("gen_ai.usage.output_tokens", (long) call.output());
        attributes.put("gen_ai.response.finish_reasons", "stop");
        attributes.put("gen_ai.input.messages", messages("user", call.question()));
        attributes.put("gen_ai.output.messages", messages("assistant", call.answer()));
        return attributes;
    }

    private static Map<String, Object> langfuseCall(Talk.Call call) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("langfuse.observation.type", "generation");
        attributes.put("langfuse.observation.model.name", "gpt-4o-mini-2024-07-18");
        attributes.put("langfuse.observation.model.parameters", "{\"temperature\":1,\"top_p\":1}");
        attributes.put(
                "langfuse.observation.usage_details",
                "{\"input\":%d,\"input_cached_tokens\":%d,\"output\":%d,\"total\":%d}"
                        .formatted(
                                call.input() - call.cached(),
                                call.cached(),
                                call.output(),
                                call.input() + call.output()));
        attributes.put("langfuse.observation.input", messages("user", call.question()));
        attributes.put("langfuse.observation.output", messages("assistant", call.answer()));
        return attributes;
    }

    /** The first call of a talk, a trace by itself. */
    static byte[] call(Talk talk) {
        Talk.Call call = talk.calls().getFirst();
        ByteString trace = ByteString.fromHex(talk.hexId());
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Resource.newBuilder().addAttributes(attribute("service.name", "bench")))
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .addSpans(span(trace, call.span(), "chat gpt-4o-mini", call(call))
                                        .setStartTimeUnixNano(Talk.nanos(call.start()))
                                        .setEndTimeUnixNano(Talk.nanos(call.end())))))
                .build()
                .toByteArray();
    }

    private static String messages(String role, String text) {
        return "[{\"role\":\"%s\",\"parts\":[{\"type\":\"text\",\"content\":\"%s\"}]}]".formatted(role, text);
    }

    private static Span.Builder span(ByteString trace, long id, String name, Map<String, Object> attributes) {
        Span.Builder span =
                Span.newBuilder().setTraceId(trace).setSpanId(bytes(id)).setName(name);
        attributes.forEach((key, value) -> span.addAttributes(attribute(key, value)));
        return span;
    }

    private static KeyValue attribute(String key, Object value) {
        AnyValue.Builder any = AnyValue.newBuilder();
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(value instanceof Long number ? any.setIntValue(number) : any.setStringValue(value.toString()))
                .build();
    }

    private static ByteString bytes(long id) {
        return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(id).flip());
    }

    private static ObjectNode jsonSpan(Talk talk, long id, String name, Map<String, Object> attributes) {
        ObjectNode span = JSON.objectNode()
                .put("traceId", talk.hexId())
                .put("spanId", Talk.hex(id))
                .put("name", name)
                .put("kind", 1);
        ArrayNode all = span.putArray("attributes");
        attributes.forEach((key, value) -> all.add(jsonAttribute(key, value)));
        return span;
    }

    private static ObjectNode jsonAttribute(String key, Object value) {
        ObjectNode attribute = JSON.objectNode().put("key", key);
        ObjectNode any = attribute.putObject("value");
        if (value instanceof Long number) {
            any.put("intValue", number);
        } else {
            any.put("stringValue", value.toString());
        }
        return attribute;
    }
}
