package io.pentameter.ingest.helicone;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.assembly.Ids;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorProtocol;
import io.pentameter.ingest.vendor.VendorReply;
import io.pentameter.ingest.vendor.VendorRequest;
import io.pentameter.ingest.vendor.WholeSpan;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code POST /custom/v1/log}: one call of a model, a tool or a vector database, request and response as they were. What
 * the application says of it comes as headers of this request: {@code Helicone-User-Id}, {@code Helicone-Property-…}.
 *
 * <p>Each log is a trace of one span; its ids come from {@code Helicone-Request-Id}, or from the bytes, so that a log sent
 * again is the same span.
 */
final class HeliconeLog implements VendorProtocol {

    private static final String PREFIX = "helicone-";
    private static final String PROPERTY = "helicone-property-";

    /** Headers that have a name in the conventions. */
    private static final Map<String, String> HEADERS = Map.of(
            "helicone-user-id", "user.id",
            "helicone-session-id", "session.id",
            "helicone-prompt-id", "gen_ai.prompt.name");

    private static final Set<String> NOT_KEPT = Set.of("helicone-auth", "helicone-target-url");

    private static final Map<String, String> OPERATIONS =
            Map.of("tool", "execute_tool", "vector_db", "retrieval", "data", "data");

    @Override
    public String route() {
        return "helicone_log";
    }

    @Override
    public VendorInput read(VendorRequest request, byte[] body) {
        JsonNode log = VendorJson.parse(body);
        if (!log.path("providerRequest").isObject()
                || !log.path("providerResponse").isObject()) {
            throw new UndecodableException("providerRequest and providerResponse must be objects");
        }
        WholeSpan span = new WholeSpan();
        String given = request.header("Helicone-Request-Id");
        String id = given.isEmpty() ? log.toString() : given;
        ByteString traceId = Ids.hash(16, "helicone", id);
        span.ids(traceId, Ids.root(traceId), ByteString.EMPTY).with("helicone.request.id", given);
        timing(log.path("timing"), span);
        call(log.path("providerRequest").path("json"), log.path("providerResponse"), span);
        headers(request, span);
        return new VendorInput(List.of(span.build()), List.of(), List.of(), new Refusals(), HeliconeLog::reply);
    }

    private static VendorReply reply(VendorInput.Receipt receipt) {
        return receipt.accepted() == 0 ? error(400, receipt.message()) : VendorReply.of(200, VendorJson.object());
    }

    private static void timing(JsonNode timing, WholeSpan span) {
        JsonNode start = timing.path("startTime");
        JsonNode end = timing.path("endTime");
        if (!isTime(start) || !isTime(end)) {
            span.broken("timing.startTime and timing.endTime must have seconds and milliseconds: "
                    + VendorJson.shown(timing));
            return;
        }
        span.during(nanos(start), nanos(end));
        JsonNode first = timing.path("timeToFirstToken");
        if (first.isNumber()) {
            span.with("gen_ai.response.time_to_first_chunk", first.asDouble() / 1_000);
        }
    }

    private static boolean isTime(JsonNode time) {
        JsonNode seconds = time.path("seconds");
        JsonNode millis = time.path("milliseconds");
        return seconds.isIntegralNumber()
                && seconds.canConvertToInt()
                && millis.isNumber()
                && millis.canConvertToInt()
                && seconds.asInt() >= 0
                && millis.asInt() >= 0;
    }

    private static long nanos(JsonNode time) {
        return time.path("seconds").asLong() * 1_000_000_000L
                + time.path("milliseconds").asLong() * 1_000_000L;
    }

    private static void call(JsonNode asked, JsonNode response, WholeSpan span) {
        String type = VendorJson.text(asked, "_type");
        outcome(response, span);
        if (type.isEmpty()) {
            model(asked, response, span);
            return;
        }
        String name = VendorJson.text(asked, "toolName");
        span.named(name.isEmpty() ? type : name)
                .with("gen_ai.operation.name", OPERATIONS.get(type))
                .with("gen_ai.tool.name", name)
                .with("gen_ai.tool.call.arguments", asked)
                .with("gen_ai.tool.call.result", response.path("json"));
    }

    /** The logger writes 500 and the stack of whatever was thrown: then the text tells what happened, and the status nothing. */
    private static void outcome(JsonNode response, WholeSpan span) {
        int status = response.path("status").asInt(0);
        JsonNode error = response.path("json").path("error");
        String thrown = response.path("textBody").asText("").lines().findFirst().orElse("");
        boolean isLoggers = status == 500 && error.isMissingNode() && !thrown.isEmpty();
        if (status >= 100 && status < 600 && !isLoggers) {
            span.with("http.response.status_code", (long) status);
        }
        if (status >= 400) {
            String message = error.isObject() ? VendorJson.text(error, "message") : error.asText("");
            span.failed(message.isEmpty() ? thrown : message);
        }
    }

    private static void model(JsonNode asked, JsonNode response, WholeSpan span) {
        ProviderAnswer answer = ProviderAnswer.of(response);
        String model = VendorJson.text(asked, "model");
        JsonNode input =
                asked.has("messages") ? asked.path("messages") : asked.has("input") ? asked.path("input") : asked;
        boolean isEmbedding = answer.isEmbedding();
        span.named(model.isEmpty() ? "call" : (isEmbedding ? "embeddings " : "chat ") + model)
                .with("gen_ai.operation.name", isEmbedding ? "embeddings" : "chat")
                .with("gen_ai.provider.name", answer.provider())
                .with("gen_ai.request.model", model)
                .with("gen_ai.response.model", answer.model())
                .with("gen_ai.response.id", answer.id())
                .with("gen_ai.response.finish_reasons", answer.finishReason())
                .with("openai.response.service_tier", answer.serviceTier())
                .with("gen_ai.input.messages", input)
                .with("gen_ai.output.messages", answer.output())
                .withAll(answer.usage());
    }

    private static void headers(VendorRequest request, WholeSpan span) {
        request.headers().forEach((name, value) -> {
            if (!name.startsWith(PREFIX) || NOT_KEPT.contains(name)) {
                return;
            }
            String attribute = HEADERS.get(name);
            if (attribute != null) {
                span.with(attribute, value);
            } else if (name.startsWith(PROPERTY)) {
                span.with("helicone.property." + name.substring(PROPERTY.length()), value);
            } else if (!name.equals("helicone-request-id")) {
                span.with("helicone." + name.substring(PREFIX.length()).replace('-', '.'), value);
            }
        });
    }

    @Override
    public VendorReply refused(int status, String message) {
        return error(status, message);
    }

    private static VendorReply error(int status, String message) {
        return VendorReply.of(status, VendorJson.object().put("error", message));
    }
}
