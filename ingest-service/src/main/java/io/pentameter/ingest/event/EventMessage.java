package io.pentameter.ingest.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.ingest.dialect.CutText;
import io.pentameter.ingest.dialect.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * The messages that the deprecated events hold in their bodies, as the JSON of messages is elsewhere: an object with a
 * role. Without content (capture is off) nothing comes of them.
 */
final class EventMessage {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EventMessage() {}

    /**
     * A message of the input; empty if it says nothing but its role.
     *
     * @param role that the event's name means; the body's own goes before it
     * @param body as of a log record
     */
    static String asked(String role, @Nullable Object body) {
        JsonNode read = read(body);
        return read instanceof ObjectNode object ? message(role, object) : ofText(role, read);
    }

    /** A message of the output; empty if it says nothing. */
    static String answered(@Nullable Object body) {
        JsonNode read = read(body);
        if (!(read instanceof ObjectNode choice)) {
            return ofText("assistant", read);
        }
        ObjectNode message = choice.get("message") instanceof ObjectNode own ? own.deepCopy() : JSON.createObjectNode();
        // older versions have the calls of tools beside the message
        if (choice.path("tool_calls").isArray() && !message.has("tool_calls")) {
            message.set("tool_calls", choice.get("tool_calls"));
        }
        if (choice.path("message").isTextual()) {
            message.set("content", choice.path("message"));
        }
        return message("assistant", message);
    }

    static String finishReason(@Nullable Object body) {
        return read(body).path("finish_reason").asText("");
    }

    private static String message(String role, ObjectNode body) {
        ObjectNode message = JSON.createObjectNode();
        String own = body.path("role").asText("");
        message.put("role", own.isEmpty() ? role : own);
        body.properties().forEach(field -> {
            if (!field.getKey().equals("role")) {
                message.set(field.getKey(), field.getValue());
            }
        });
        return message.size() == 1 ? "" : message.toString();
    }

    private static String ofText(String role, JsonNode text) {
        return text.asText("").isEmpty()
                ? ""
                : JSON.createObjectNode()
                        .put("role", role)
                        .put("content", text.asText())
                        .toString();
    }

    /** The body as JSON; a text that is no JSON object, or was cut, as it is. */
    private static JsonNode read(@Nullable Object body) {
        String text = switch (body) {
            case null -> "";
            case JsonText json -> json.text();
            case CutText cut -> cut.head();
            default -> body.toString();
        };
        if (!text.startsWith("{")) {
            return JSON.getNodeFactory().textNode(text);
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException _) {
            return JSON.getNodeFactory().textNode(text);
        }
    }
}
