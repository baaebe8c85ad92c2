package io.pentameter.ingest.langsmith;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.ingest.assembly.Fact;
import io.pentameter.ingest.assembly.JsonLists;
import io.pentameter.ingest.dialect.JsonText;
import io.pentameter.ingest.vendor.UsageReport;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a run says, as facts: in the attribute names of LangSmith's own OpenTelemetry dialect. */
final class LangsmithFacts {

    /** Read elsewhere, or only of use to LangSmith itself. */
    private static final Set<String> NOT_KEPT = Set.of(
            "id",
            "trace_id",
            "parent_run_id",
            "dotted_order",
            "name",
            "run_type",
            "start_time",
            "end_time",
            "inputs",
            "outputs",
            "error",
            "extra",
            "events",
            "tags",
            "session_name",
            "serialized",
            "child_runs",
            "manifest",
            "parent_run_ids",
            "direct_child_run_ids",
            "execution_order");

    private LangsmithFacts() {}

    static SortedMap<String, Object> of(JsonNode run) {
        SortedMap<String, Object> facts = new TreeMap<>();
        text(run, "name", Fact.NAME, facts);
        text(run, "run_type", "langsmith.span.kind", facts);
        text(run, "session_name", "langsmith.trace.session_name", facts);
        text(run, "session_name", "service.name", facts);
        String error = run.path("error").isTextual()
                ? run.path("error").asText()
                : VendorJson.has(run, "error") ? run.path("error").toString() : "";
        if (!error.isEmpty()) {
            facts.put(Fact.ERROR, error);
        }
        attribute(run.path("inputs"), "gen_ai.prompt", facts);
        attribute(run.path("outputs"), "gen_ai.completion", facts);
        tags(run.path("tags"), facts);
        metadata(run.path("extra"), facts);
        model(run, facts);
        usage(run, facts);
        firstToken(run.path("events"), facts);
        run.properties().forEach(field -> {
            if (!NOT_KEPT.contains(field.getKey())) {
                attribute(field.getValue(), "langsmith." + field.getKey(), facts);
            }
        });
        return facts;
    }

    private static void tags(JsonNode tags, SortedMap<String, Object> facts) {
        List<String> texts = new ArrayList<>();
        tags.forEach(tag -> {
            if (tag.isTextual()) {
                texts.add(tag.asText());
            }
        });
        if (!texts.isEmpty()) {
            facts.put(Fact.TAGS, new JsonText(JsonLists.json(texts)));
        }
    }

    /** The environment variables that SDKs put among the metadata are the process's business. */
    private static void metadata(JsonNode extra, SortedMap<String, Object> facts) {
        extra.path("metadata").properties().forEach(entry -> {
            String name = entry.getKey();
            boolean isEnvironment = name.startsWith("LANGSMITH_") || name.startsWith("LANGCHAIN_");
            if (!isEnvironment && !name.equals("usage_metadata")) {
                attribute(entry.getValue(), "langsmith.metadata." + name, facts);
            }
        });
        text(extra.path("metadata"), "conversation_id", "gen_ai.conversation.id", facts);
        attribute(extra.path("invocation_params"), "langsmith.metadata.ls_invocation_params", facts);
    }

    private static void model(JsonNode run, SortedMap<String, Object> facts) {
        JsonNode outputs = run.path("outputs");
        JsonNode answer = message(outputs).path("response_metadata");
        text(run.path("inputs"), "model", "gen_ai.request.model", facts);
        text(run.path("extra").path("invocation_params"), "model", "gen_ai.request.model", facts);
        text(outputs.path("llm_output"), "model_name", "gen_ai.response.model", facts);
        text(answer, "model_name", "gen_ai.response.model", facts);
        text(outputs, "model", "gen_ai.response.model", facts);
        text(outputs, "id", "gen_ai.response.id", facts);
        text(outputs, "service_tier", "openai.response.service_tier", facts);
        text(answer, "finish_reason", "gen_ai.response.finish_reasons", facts);
        text(answer, "stop_reason", "gen_ai.response.finish_reasons", facts);
        text(outputs, "stop_reason", "gen_ai.response.finish_reasons", facts);
        text(outputs.path("choices").path(0), "finish_reason", "gen_ai.response.finish_reasons", facts);
    }

    /** The first message of LangChain's generations, as its serialisation has it in two ages. */
    private static JsonNode message(JsonNode outputs) {
        JsonNode message = outputs.path("generations").path(0).path(0).path("message");
        return message.has("kwargs") ? message.path("kwargs") : message;
    }

    private static void usage(JsonNode run, SortedMap<String, Object> facts) {
        JsonNode outputs = run.path("outputs");
        List<JsonNode> places = List.of(
                outputs.path("usage_metadata"),
                run.path("extra").path("metadata").path("usage_metadata"),
                message(outputs).path("usage_metadata"),
                outputs.path("llm_output").path("token_usage"),
                outputs.path("usage"));
        for (JsonNode place : places) {
            Map<String, Long> counts = UsageReport.counts(place);
            if (!counts.isEmpty()) {
                facts.put(Fact.USAGE, new JsonText(JsonLists.json(counts)));
                double cost = place.path("total_cost").asDouble(0);
                if (cost > 0) {
                    facts.put("gen_ai.usage.cost", cost);
                }
                return;
            }
        }
    }

    private static void firstToken(JsonNode events, SortedMap<String, Object> facts) {
        for (JsonNode event : events) {
            Long time = VendorTime.nanos(event.path("time"));
            if (time != null && VendorJson.text(event, "name").equals("new_token")) {
                facts.put(Fact.FIRST_TOKEN, time);
                return;
            }
        }
    }

    private static void text(JsonNode node, String field, String fact, SortedMap<String, Object> facts) {
        String text = VendorJson.text(node, field);
        if (!text.isEmpty()) {
            facts.put(fact, text);
        }
    }

    private static void attribute(JsonNode value, String name, SortedMap<String, Object> facts) {
        Object attribute = VendorJson.attribute(value);
        if (attribute != null) {
            facts.put(name, attribute);
        }
    }
}
