package io.pentameter.ingest.langfuse;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.ingest.assembly.Fact;
import io.pentameter.ingest.assembly.JsonLists;
import io.pentameter.ingest.dialect.JsonText;
import io.pentameter.ingest.vendor.UsageReport;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the body of an event says, as facts: in the attribute names of Langfuse's own OpenTelemetry dialect, so that both
 * ways lead to the same span. Null says nothing. Unknown fields are kept by name.
 */
final class LangfuseFacts {

    private static final Map<String, String> OF_TRACE = Map.of(
            "userId", "langfuse.user.id",
            "sessionId", "langfuse.session.id",
            "release", "langfuse.release",
            "version", "langfuse.version",
            "environment", "langfuse.environment",
            "public", "langfuse.trace.public",
            "input", "langfuse.observation.input",
            "output", "langfuse.observation.output");

    private static final Map<String, String> OF_OBSERVATION = Map.of(
            "version", "langfuse.version",
            "environment", "langfuse.environment",
            "level", "langfuse.observation.level",
            "statusMessage", "langfuse.observation.status_message",
            "input", "langfuse.observation.input",
            "output", "langfuse.observation.output",
            "model", "langfuse.observation.model.name",
            "modelParameters", "langfuse.observation.model.parameters",
            "promptName", "langfuse.observation.prompt.name",
            "promptVersion", "langfuse.observation.prompt.version");

    /** Read elsewhere, or of no use; the last holds the customer's secret key (SDK 3 puts it there). */
    private static final Set<String> NOT_KEPT = Set.of(
            "id",
            "traceId",
            "type",
            "name",
            "timestamp",
            "startTime",
            "endTime",
            "completionStartTime",
            "parentObservationId",
            "metadata",
            "tags",
            "usage",
            "usageDetails",
            "costDetails",
            "clientInitParams");

    private static final Set<String> UNITS_OF_TOKENS = Set.of("", "TOKENS");

    private LangfuseFacts() {}

    static SortedMap<String, Object> trace(JsonNode body, VendorRequest request) {
        SortedMap<String, Object> facts = new TreeMap<>();
        common(body, OF_TRACE, "langfuse.trace.", facts);
        if (facts.get(Fact.NAME) instanceof String name) {
            facts.put("langfuse.trace.name", name);
        }
        facts.put("langfuse.observation.type", "chain");
        List<String> tags = new ArrayList<>();
        body.path("tags").forEach(tag -> {
            if (tag.isTextual()) {
                tags.add(tag.asText());
            }
        });
        if (!tags.isEmpty()) {
            facts.put(Fact.TAGS, new JsonText(JsonLists.json(tags)));
        }
        return facts;
    }

    static SortedMap<String, Object> observation(JsonNode body, VendorRequest request) {
        SortedMap<String, Object> facts = new TreeMap<>();
        common(body, OF_OBSERVATION, "langfuse.observation.", facts);
        time(Fact.START, LangfuseTimes.optional(body, "startTime", request), facts);
        time(Fact.END, LangfuseTimes.optional(body, "endTime", request), facts);
        time(Fact.FIRST_TOKEN, LangfuseTimes.optional(body, "completionStartTime", request), facts);
        String parent = VendorJson.text(body, "parentObservationId");
        if (!parent.isEmpty()) {
            facts.put(Fact.PARENT, LangfuseEvent.spanHex(parent));
        }
        if (facts.get("langfuse.observation.level") instanceof String level) {
            facts.put("langfuse.observation.level", level.toUpperCase(Locale.ROOT));
        }
        usage(body, facts);
        return facts;
    }

    private static void time(String fact, @Nullable Long time, SortedMap<String, Object> facts) {
        if (time != null) {
            facts.put(fact, time);
        }
    }

    private static void common(
            JsonNode body, Map<String, String> names, String prefix, SortedMap<String, Object> facts) {
        body.properties().forEach(field -> {
            String name = field.getKey();
            if (NOT_KEPT.contains(name)) {
                return;
            }
            Object value = VendorJson.attribute(field.getValue());
            if (value != null) {
                facts.put(names.getOrDefault(name, prefix + name), value);
            }
        });
        String name = VendorJson.text(body, "name");
        if (!name.isEmpty()) {
            facts.put(Fact.NAME, name);
        }
        JsonNode metadata = body.path("metadata");
        if (metadata.isObject()) {
            metadata.properties().forEach(entry -> {
                Object value = VendorJson.attribute(entry.getValue());
                if (value != null) {
                    facts.put(prefix + "metadata." + entry.getKey(), value);
                }
            });
        } else {
            Object value = VendorJson.attribute(metadata);
            if (value != null) {
                facts.put(prefix + "metadata", value);
            }
        }
    }

    private static void usage(JsonNode body, SortedMap<String, Object> facts) {
        JsonNode details = body.path("usageDetails");
        JsonNode usage = body.path("usage");
        String unit = VendorJson.text(usage, "unit").toUpperCase(Locale.ROOT);
        JsonText counts = details.isObject() ? UsageReport.ofDisjoint(details) : null;
        if (counts == null && usage.isObject()) {
            counts = UNITS_OF_TOKENS.contains(unit) ? UsageReport.of(usage) : UsageReport.ofUnit(usage, unit);
        }
        if (counts != null) {
            facts.put(Fact.USAGE, counts);
        } else if (!UNITS_OF_TOKENS.contains(unit)) {
            facts.put("langfuse.observation.usage", new JsonText(usage.toString()));
        }
        double cost = body.path("costDetails").path("total").asDouble(0);
        cost = cost > 0 ? cost : sum(body.path("costDetails"));
        cost = cost > 0 ? cost : usage.path("totalCost").asDouble(0);
        if (cost > 0) {
            facts.put("gen_ai.usage.cost", cost);
        }
    }

    private static double sum(JsonNode costs) {
        double sum = 0;
        for (JsonNode cost : costs) {
            sum += Math.max(0, cost.asDouble(0));
        }
        return sum;
    }
}
