package io.pentameter.ingest.dialect;

import io.pentameter.contracts.v1.SpanKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What kind of step a span is, judged by its attributes: kinds and names of spans are not to be relied on. */
public final class SpanKinds {

    private SpanKinds() {}

    /** The kind; {@code OTHER} if nothing speaks for one of ours. */
    public static SpanKind of(Reading reading) {
        SpanKind kind = ofOpenInference(reading.text(Field.OPENINFERENCE_KIND));
        kind = kind != null ? kind : ofVercel(reading.text(Field.VERCEL_OPERATION));
        kind = kind != null ? kind : ofLangfuse(reading.text(Field.LANGFUSE_TYPE));
        kind = kind != null ? kind : ofLangsmith(reading.text(Field.LANGSMITH_KIND));
        kind = kind != null ? kind : ofGenAi(reading.text(Field.OPERATION));
        kind = kind != null ? kind : ofOpenLlmetry(reading);
        return kind != null ? kind : ofUsage(reading);
    }

    private static @Nullable SpanKind ofGenAi(@Nullable String operation) {
        if (operation == null) {
            return null;
        }
        return switch (operation) {
            case "chat", "generate_content", "text_completion", "completion", "responses" ->
                SpanKind.SPAN_KIND_MODEL_CALL;
            case "embeddings", "embedding" -> SpanKind.SPAN_KIND_EMBEDDING;
            case "retrieval", "search_memory" -> SpanKind.SPAN_KIND_RETRIEVAL;
            case "execute_tool" -> SpanKind.SPAN_KIND_TOOL;
            case "invoke_agent", "create_agent", "agent_step", "plan" -> SpanKind.SPAN_KIND_AGENT;
            case "invoke_workflow", "chain", "workflow" -> SpanKind.SPAN_KIND_WORKFLOW;
            case "rerank" -> SpanKind.SPAN_KIND_RERANK;
            case "guardrail" -> SpanKind.SPAN_KIND_GUARDRAIL;
            case "evaluation", "evaluate" -> SpanKind.SPAN_KIND_EVALUATION;
            default -> null;
        };
    }

    private static @Nullable SpanKind ofOpenInference(@Nullable String kind) {
        if (kind == null) {
            return null;
        }
        return switch (kind.toUpperCase(Locale.ROOT)) {
            case "LLM" -> SpanKind.SPAN_KIND_MODEL_CALL;
            case "EMBEDDING" -> SpanKind.SPAN_KIND_EMBEDDING;
            case "RETRIEVER" -> SpanKind.SPAN_KIND_RETRIEVAL;
            case "RERANKER" -> SpanKind.SPAN_KIND_RERANK;
            case "TOOL" -> SpanKind.SPAN_KIND_TOOL;
            case "AGENT" -> SpanKind.SPAN_KIND_AGENT;
            case "CHAIN" -> SpanKind.SPAN_KIND_WORKFLOW;
            case "GUARDRAIL" -> SpanKind.SPAN_KIND_GUARDRAIL;
            case "EVALUATOR" -> SpanKind.SPAN_KIND_EVALUATION;
            default -> SpanKind.SPAN_KIND_OTHER;
        };
    }

    /** Only {@code *.doGenerate}, {@code *.doStream} and {@code *.doEmbed} call a model; the others wrap them. */
    private static @Nullable SpanKind ofVercel(@Nullable String operation) {
        if (operation == null) {
            return null;
        }
        if (operation.endsWith(".doGenerate") || operation.endsWith(".doStream")) {
            return SpanKind.SPAN_KIND_MODEL_CALL;
        }
        if (operation.endsWith(".doEmbed")) {
            return SpanKind.SPAN_KIND_EMBEDDING;
        }
        return operation.equals("ai.toolCall") ? SpanKind.SPAN_KIND_TOOL : SpanKind.SPAN_KIND_WORKFLOW;
    }

    private static @Nullable SpanKind ofLangfuse(@Nullable String type) {
        if (type == null) {
            return null;
        }
        return switch (type) {
            case "generation" -> SpanKind.SPAN_KIND_MODEL_CALL;
            case "embedding" -> SpanKind.SPAN_KIND_EMBEDDING;
            case "retriever" -> SpanKind.SPAN_KIND_RETRIEVAL;
            case "tool" -> SpanKind.SPAN_KIND_TOOL;
            case "agent" -> SpanKind.SPAN_KIND_AGENT;
            case "chain" -> SpanKind.SPAN_KIND_WORKFLOW;
            case "guardrail" -> SpanKind.SPAN_KIND_GUARDRAIL;
            case "evaluator" -> SpanKind.SPAN_KIND_EVALUATION;
            default -> SpanKind.SPAN_KIND_OTHER;
        };
    }

    private static @Nullable SpanKind ofLangsmith(@Nullable String kind) {
        if (kind == null) {
            return null;
        }
        return switch (kind) {
            case "llm" -> SpanKind.SPAN_KIND_MODEL_CALL;
            case "embedding" -> SpanKind.SPAN_KIND_EMBEDDING;
            case "retriever" -> SpanKind.SPAN_KIND_RETRIEVAL;
            case "tool" -> SpanKind.SPAN_KIND_TOOL;
            case "chain" -> SpanKind.SPAN_KIND_WORKFLOW;
            default -> SpanKind.SPAN_KIND_OTHER;
        };
    }

    private static @Nullable SpanKind ofOpenLlmetry(Reading reading) {
        String request = reading.text(Field.OPENLLMETRY_REQUEST_TYPE);
        if (request != null) {
            return switch (request) {
                case "chat", "completion" -> SpanKind.SPAN_KIND_MODEL_CALL;
                case "embedding" -> SpanKind.SPAN_KIND_EMBEDDING;
                case "rerank" -> SpanKind.SPAN_KIND_RERANK;
                default -> SpanKind.SPAN_KIND_OTHER;
            };
        }
        String kind = reading.text(Field.OPENLLMETRY_KIND);
        if (kind == null) {
            return null;
        }
        return switch (kind) {
            case "workflow" -> SpanKind.SPAN_KIND_WORKFLOW;
            case "agent" -> SpanKind.SPAN_KIND_AGENT;
            case "tool" -> SpanKind.SPAN_KIND_TOOL;
            default -> SpanKind.SPAN_KIND_OTHER;
        };
    }

    /** A span that names a model and counts its tokens is a call, whatever it calls itself. */
    private static SpanKind ofUsage(Reading reading) {
        boolean hasModel = reading.has(Field.REQUEST_MODEL) || reading.has(Field.RESPONSE_MODEL);
        boolean hasUsage = reading.has(Field.INPUT_TOKENS) || reading.has(Field.OUTPUT_TOKENS);
        return hasModel && hasUsage ? SpanKind.SPAN_KIND_MODEL_CALL : SpanKind.SPAN_KIND_OTHER;
    }
}
