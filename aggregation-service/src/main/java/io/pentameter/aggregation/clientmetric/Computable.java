package io.pentameter.aggregation.clientmetric;

import java.util.Arrays;
import java.util.Optional;

/**
 * Metrics of the GenAI conventions that can be computed from spans too.
 *
 * <p>{@code value} is an expression over the columns of a span, in the metric's unit.
 */
enum Computable {
    OPERATION_DURATION(
            "gen_ai.client.operation.duration",
            "s",
            "durations of spans of kind model_call, embedding and rerank",
            "kind IN ('model_call', 'embedding', 'rerank')",
            "duration_ns / 1e9"),
    FIRST_CHUNK(
            "gen_ai.client.operation.time_to_first_chunk",
            "s",
            "times to the first token of spans of kind model_call that tell it",
            "kind = 'model_call' AND ttft_ns >= 0",
            "ttft_ns / 1e9"),
    FIRST_TOKEN(
            "gen_ai.server.time_to_first_token",
            "s",
            "times to the first token of spans of kind model_call that tell it, as the client saw them",
            "kind = 'model_call' AND ttft_ns >= 0",
            "ttft_ns / 1e9"),
    REQUEST_DURATION(
            "gen_ai.server.request.duration",
            "s",
            "durations of spans of kind model_call and embedding, as the client saw them",
            "kind IN ('model_call', 'embedding')",
            "duration_ns / 1e9"),
    TOOL_DURATION(
            "gen_ai.execute_tool.duration",
            "s",
            "durations of spans of kind tool",
            "kind = 'tool'",
            "duration_ns / 1e9"),
    AGENT_DURATION(
            "gen_ai.invoke_agent.duration",
            "s",
            "durations of spans of kind agent",
            "kind = 'agent'",
            "duration_ns / 1e9"),
    WORKFLOW_DURATION(
            "gen_ai.workflow.duration",
            "s",
            "durations of spans of kind workflow",
            "kind = 'workflow'",
            "duration_ns / 1e9"),
    /** Two values of each call; the attribute {@code gen_ai.token.type} tells which. */
    TOKEN_USAGE(
            "gen_ai.client.token.usage",
            "{token}",
            "tokens of the spans that tell them, each counted once; cached ones are input, reasoning is output",
            "has_usage AND NOT usage_repeated",
            "direction.2");

    /** Attribute of the client's points that tells input from output. */
    static final String TOKEN_TYPE = "gen_ai.token.type";

    private final String metric;
    private final String unit;
    private final String from;
    private final String condition;
    private final String value;

    Computable(String metric, String unit, String from, String condition, String value) {
        this.metric = metric;
        this.unit = unit;
        this.from = from;
        this.condition = condition;
        this.value = value;
    }

    static Optional<Computable> of(String metric) {
        return Arrays.stream(values()).filter(it -> it.metric.equals(metric)).findFirst();
    }

    String unit() {
        return unit;
    }

    /** For people: which spans, and what of them. */
    String from() {
        return from;
    }

    String condition() {
        return condition;
    }

    String value() {
        return value;
    }

    /** What stands between the table and the conditions. */
    String join() {
        return this == TOKEN_USAGE
                ? " ARRAY JOIN [('input', in_uncached + in_cache_read + in_cache_write_5m + in_cache_write_1h + in_audio + in_image),"
                        + " ('output', out_text + out_reasoning + out_audio)] AS direction"
                : "";
    }

    /** An attribute of the points as it is told by a span; empty if it is the span's attribute of the same name. */
    Optional<String> attribute(String name) {
        return this == TOKEN_USAGE && name.equals(TOKEN_TYPE) ? Optional.of("direction.1") : Optional.empty();
    }
}
