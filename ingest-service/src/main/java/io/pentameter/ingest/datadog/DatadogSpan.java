package io.pentameter.ingest.datadog;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.ingest.assembly.JsonLists;
import io.pentameter.ingest.dialect.JsonText;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.vendor.UsageReport;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.WholeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A span of LLM Observability in the names of the GenAI conventions; what they have no name for is {@code datadog.*}. */
final class DatadogSpan {

    private static final Map<String, String> OPERATIONS = Map.of(
            "llm", "chat",
            "embedding", "embeddings",
            "workflow", "invoke_workflow",
            "agent", "invoke_agent",
            "tool", "execute_tool",
            "retrieval", "retrieval");

    private static final Map<String, String> TAGS = Map.of(
            "service", "service.name",
            "env", "deployment.environment.name",
            "version", "service.version",
            "session_id", "session.id",
            "user_id", "user.id",
            "usr.id", "user.id");

    /** Integrations that are providers; others call models of many. */
    private static final Set<String> PROVIDERS = Set.of("openai", "anthropic", "bedrock", "vertexai", "gemini");

    /** What model_provider says when the base URL is not the provider's own. */
    private static final Set<String> NO_PROVIDERS = Set.of("", "unknown", "custom");

    private DatadogSpan() {}

    static RawSpan of(JsonNode span) {
        WholeSpan whole = new WholeSpan()
                .ids(
                        DatadogIds.trace(VendorJson.text(span, "trace_id")),
                        DatadogIds.span(VendorJson.text(span, "span_id")),
                        DatadogIds.parent(VendorJson.text(span, "parent_id")))
                .named(VendorJson.text(span, "name"))
                .with("datadog.span.id", VendorJson.text(span, "span_id"));
        JsonNode start = span.path("start_ns");
        JsonNode duration = span.path("duration");
        if (!isCount(start) || !isCount(duration)) {
            whole.broken("start_ns and duration must be whole numbers of 0 or more: " + VendorJson.shown(start) + ", "
                    + VendorJson.shown(duration));
        } else {
            whole.during(start.asLong(), start.asLong() + duration.asLong());
        }
        JsonNode meta = span.path("meta");
        kind(meta, span, whole);
        model(meta, span, whole);
        payload(meta, whole);
        error(meta, span, whole);
        metrics(span.path("metrics"), whole);
        tags(span, whole);
        meta.path("metadata")
                .properties()
                .forEach(entry -> whole.with("datadog.metadata." + entry.getKey(), entry.getValue()));
        whole.with("datadog.agent_attribution", meta.path("agent_attribution"));
        whole.with("datadog.collection_errors", span.path("collection_errors"));
        return whole.build();
    }

    private static boolean isCount(JsonNode number) {
        return number.isNumber() && number.canConvertToLong() && number.asLong() >= 0 && number.asLong() < 1L << 62;
    }

    private static void kind(JsonNode meta, JsonNode span, WholeSpan whole) {
        JsonNode nested = meta.path("span").path("kind");
        String kind = nested.isTextual() ? nested.asText() : VendorJson.text(meta, "span.kind");
        whole.with("datadog.span.kind", kind).with("gen_ai.operation.name", OPERATIONS.get(kind));
        if (kind.equals("agent")) {
            whole.with("gen_ai.agent.name", VendorJson.text(span, "name"));
        }
        if (kind.equals("tool")) {
            whole.with("gen_ai.tool.name", VendorJson.text(span, "name"));
        }
        if (kind.equals("workflow")) {
            whole.with("gen_ai.workflow.name", VendorJson.text(span, "name"));
        }
    }

    private static void model(JsonNode meta, JsonNode span, WholeSpan whole) {
        String provider = VendorJson.text(meta, "model_provider");
        String integration = tag(span, "integration");
        if (NO_PROVIDERS.contains(provider)) {
            provider = PROVIDERS.contains(integration) ? integration : "";
        }
        whole.with("gen_ai.provider.name", provider.equals("bedrock") ? "aws.bedrock" : provider)
                .with("gen_ai.response.model", VendorJson.text(meta, "model_name"));
    }

    private static void payload(JsonNode meta, WholeSpan whole) {
        side(meta.path("input"), "gen_ai.input.messages", whole);
        side(meta.path("output"), "gen_ai.output.messages", whole);
        JsonNode prompt = meta.path("input").path("prompt");
        String id = VendorJson.text(prompt, "id");
        whole.with("gen_ai.prompt.name", id.isEmpty() ? VendorJson.text(prompt, "name") : id)
                .with("gen_ai.prompt.version", VendorJson.text(prompt, "version"));
    }

    private static void side(JsonNode side, String attribute, WholeSpan whole) {
        for (String field : List.of("messages", "value", "documents")) {
            Object value = VendorJson.attribute(side.path(field));
            if (value != null) {
                whole.with(attribute, value);
                return;
            }
        }
    }

    private static void error(JsonNode meta, JsonNode span, WholeSpan whole) {
        JsonNode nested = meta.path("error");
        String message =
                nested.isObject() ? VendorJson.text(nested, "message") : VendorJson.text(meta, "error.message");
        String type = nested.isObject() ? VendorJson.text(nested, "type") : VendorJson.text(meta, "error.type");
        boolean isError = VendorJson.text(span, "status").equals("error");
        if (isError || !message.isEmpty() || !type.isEmpty()) {
            whole.failed(message).with("error.type", type);
        }
    }

    private static void metrics(JsonNode metrics, WholeSpan whole) {
        whole.withAll(UsageReport.counts(metrics));
        for (String name : List.of("time_to_first_token", "timeToFirstToken")) {
            if (metrics.path(name).isNumber()) {
                whole.with(
                        "gen_ai.response.time_to_first_chunk",
                        metrics.path(name).asDouble());
            }
        }
        metrics.properties().forEach(metric -> {
            if (!metric.getKey().endsWith("_tokens")) {
                whole.with("datadog.metrics." + metric.getKey(), metric.getValue());
            }
        });
    }

    private static void tags(JsonNode span, WholeSpan whole) {
        whole.with("session.id", VendorJson.text(span, "session_id"));
        List<String> plain = new ArrayList<>();
        span.path("tags").forEach(tag -> {
            String text = tag.isTextual() ? tag.asText() : "";
            int colon = text.indexOf(':');
            if (colon > 0) {
                String name = text.substring(0, colon);
                if (!name.equals("error") && !name.equals("error_type")) {
                    whole.with(TAGS.getOrDefault(name, "datadog.tag." + name), text.substring(colon + 1));
                }
            } else if (!text.isEmpty()) {
                plain.add(text);
            }
        });
        if (!plain.isEmpty()) {
            whole.with("pentameter.tags", new JsonText(JsonLists.json(plain)));
        }
    }

    /** Value of a tag, empty if there is none. */
    private static String tag(JsonNode span, String name) {
        for (JsonNode tag : span.path("tags")) {
            if (tag.asText().startsWith(name + ":")) {
                return tag.asText().substring(name.length() + 1);
            }
        }
        return "";
    }
}
