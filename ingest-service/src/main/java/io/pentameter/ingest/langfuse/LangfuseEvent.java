package io.pentameter.ingest.langfuse;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.assembly.Fact;
import io.pentameter.ingest.assembly.Fragment;
import io.pentameter.ingest.assembly.Ids;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorRequest;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;

/** What one event of a batch is. */
sealed interface LangfuseEvent {

    /** A piece of a trace or an observation. */
    record Piece(Fragment fragment) implements LangfuseEvent {}

    /** A score. */
    record Judged(ScoreRecord score) implements LangfuseEvent {}

    /** Nothing of ours. */
    record Ignored() implements LangfuseEvent {}

    /** Types of observations, which are kinds of events too: {@code agent-create}. */
    Set<String> TYPES = Set.of(
            "span",
            "generation",
            "event",
            "agent",
            "tool",
            "chain",
            "retriever",
            "evaluator",
            "embedding",
            "guardrail");

    /** @throws BadEventException if it is none of Langfuse's, or broken */
    static LangfuseEvent of(JsonNode event, VendorRequest request) {
        String id = VendorJson.text(event, "id");
        if (id.isEmpty()) {
            throw BadEventException.of("id must be a text: " + VendorJson.shown(event.path("id")));
        }
        JsonNode body = event.path("body");
        String type = VendorJson.text(event, "type");
        if (type.equals("sdk-log")) {
            return new Ignored();
        }
        if (!body.isObject()) {
            throw BadEventException.of("body must be an object: " + VendorJson.shown(body));
        }
        long time = LangfuseTimes.required(event, "timestamp", request);
        return switch (type) {
            case "trace-create" -> new Piece(trace(id, time, event, request));
            case "score-create" -> new Judged(LangfuseScores.score(id, body, time, request));
            default -> new Piece(observation(id, type, time, event, request));
        };
    }

    private static Fragment trace(String eventId, long time, JsonNode event, VendorRequest request) {
        JsonNode body = event.path("body");
        String id = id(body, "id", eventId);
        ByteString traceId = Ids.trace(id);
        SortedMap<String, Object> facts = LangfuseFacts.trace(body, request);
        facts.put("langfuse.trace.id", id);
        facts.put(Fact.INSTANT, true);
        Long said = LangfuseTimes.optional(body, "timestamp", request);
        facts.put(said == null ? Fact.START_GUESS : Fact.START, said == null ? (Long) time : said);
        return new Fragment(traceId, Ids.root(traceId), order(event, false, time, facts), facts);
    }

    private static Fragment observation(String eventId, String type, long time, JsonNode event, VendorRequest request) {
        JsonNode body = event.path("body");
        int dash = type.lastIndexOf('-');
        String verb = dash < 0 ? "" : type.substring(dash + 1);
        String noun = dash < 0 ? "" : type.substring(0, dash);
        boolean isUpdate = verb.equals("update");
        String kind = noun.equals("observation") ? VendorJson.text(body, "type").toLowerCase(Locale.ROOT) : noun;
        boolean isKnown = (isUpdate || verb.equals("create"))
                && (TYPES.contains(kind) || (noun.equals("observation") && isUpdate && kind.isEmpty()));
        if (!isKnown) {
            throw BadEventException.of(
                    "type must be trace-create, score-create, sdk-log, observation-create, observation-update, or"
                            + " -create or -update of a type of observation: " + VendorJson.shown(event.path("type")));
        }
        String id = id(body, "id", eventId);
        // without a trace an observation makes one of its own
        ByteString traceId = Ids.trace(id(body, "traceId", id));
        SortedMap<String, Object> facts = LangfuseFacts.observation(body, request);
        if (!kind.isEmpty()) {
            facts.put("langfuse.observation.type", kind);
        }
        if (kind.equals("event")) {
            facts.put(Fact.INSTANT, true);
        }
        facts.put("langfuse.observation.id", id);
        facts.put(Fact.BELOW_TRACE, true);
        facts.putIfAbsent(Fact.START_GUESS, time);
        return new Fragment(traceId, Ids.span(id), order(event, isUpdate, time, facts), facts);
    }

    private static String id(JsonNode body, String field, String otherwise) {
        if (!VendorJson.has(body, field)) {
            return otherwise;
        }
        String id = VendorJson.text(body, field);
        if (id.isEmpty() || id.length() > 1_000) {
            throw BadEventException.of(
                    "body." + field + " must be a text of 1 to 1000 characters: " + VendorJson.shown(body.path(field)));
        }
        return id;
    }

    /** The same event sent again says the same; two events with one id are still two. */
    private static Fragment.Order order(JsonNode event, boolean isUpdate, long time, SortedMap<String, Object> facts) {
        ByteString key = Fragment.key(facts, VendorJson.text(event, "id"), VendorJson.text(event, "type"));
        return new Fragment.Order(isUpdate, time, key);
    }

    /** Reads parents' ids as spans' ids are read. */
    static String spanHex(String id) {
        return java.util.HexFormat.of().formatHex(Ids.span(id).toByteArray());
    }
}
