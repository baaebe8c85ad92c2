package io.pentameter.ingest.assembly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.ingest.classify.Classified;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was worked out of an event before it was redacted, so that its span can be judged and classified as if the event had
 * come with it.
 *
 * @param rules      ids of the rules for soft failures that apply to the event by itself
 * @param outputType that the client asked for; empty if the event does not say
 * @param inputHash  the same for the same input; 0 if there is none
 * @param intent     of what the user asks in it; absent if nobody asks or it is unsure
 * @param language   as {@code intent}
 */
public record LateFacts(
        Set<String> rules,
        String outputType,
        long inputHash,
        @Nullable Classified intent,
        @Nullable Classified language) {

    /** Nothing is known: of events that were stored before facts were. */
    public static final LateFacts NONE = new LateFacts(Set.of(), "", 0, null, null);

    private static final ObjectMapper JSON = new ObjectMapper();

    public LateFacts {
        rules = Set.copyOf(rules);
    }

    /** As it is stored. */
    String json() {
        ObjectNode json = JSON.createObjectNode();
        if (!rules.isEmpty()) {
            new TreeSet<>(rules).forEach(json.putArray("rules")::add);
        }
        if (!outputType.isEmpty()) {
            json.put("outputType", outputType);
        }
        if (inputHash != 0) {
            json.put("inputHash", inputHash);
        }
        put(json, "intent", intent);
        put(json, "language", language);
        return json.toString();
    }

    static LateFacts of(String stored) {
        try {
            JsonNode json = JSON.readTree(stored);
            Set<String> rules = new TreeSet<>();
            json.path("rules").forEach(rule -> rules.add(rule.asText()));
            return new LateFacts(
                    rules,
                    json.path("outputType").asText(""),
                    json.path("inputHash").asLong(),
                    classified(json.path("intent")),
                    classified(json.path("language")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored event's facts cannot be read", e);
        }
    }

    private static void put(ObjectNode json, String name, @Nullable Classified found) {
        if (found != null) {
            json.putObject(name)
                    .put("label", found.label())
                    .put("confidence", found.confidence())
                    .put("model", found.model());
        }
    }

    private static @Nullable Classified classified(JsonNode found) {
        return found.isObject()
                ? new Classified(
                        found.path("label").asText(),
                        found.path("confidence").asDouble(),
                        found.path("model").asText())
                : null;
    }
}
