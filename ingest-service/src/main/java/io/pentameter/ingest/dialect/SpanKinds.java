package io.pentameter.ingest.dialect;

import io.pentameter.contracts.v1.SpanKind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What kind of step a span is, judged by its attributes: kinds and names of spans are not to be relied on. */
public final class SpanKinds {

    private SpanKinds() {}

    /**
     * The kind; {@code OTHER} if nothing speaks for one of ours. The Vercel AI SDK comes first, because exporters that
     * translate its spans into other dialects take its wrappers for calls.
     */
    public static SpanKind of(Reading reading) {
        SpanKind kind = ofVercel(reading.text(Field.VERCEL_OPERATION));
        kind = kind != null ? kind : ofOpenInference(reading.text(Field.OPENINFERENCE_KIND));
        kind = kind != null ? kind : ofLangfuse(reading.text(Field.LANGFUSE_TYPE));
        kind = kind != null ? kind : ofLangsmith(reading.text(Field.LANGSMITH_KIND));
        kind = kind != null ? kind : ofMlflow(reading.text(Field.MLFLOW_TYPE));
        kind = kind != null ? kind : ofGenAi(reading.text(Field.OPERATION));
        kind = kind != null ? kind : ofPydanticAi(reading);
        kind = kind != null ? kind : ofOpenLlmetry(reading);
        return kind != null ? kind : ofUsage(reading);
    }

    /** The word with which the span's dialect names its kind, empty if there is none. */
    public static String word(Reading reading) {
        for (Field field : WORDS) {
            String word = reading.text(field);
            if (word != null) {
                return word;
            }
        }
        return "";
    }

    private static final List<Field> WORDS = List.of(
            Field.OPERATION,
            Field.VERCEL_OPERATION,
            Field.OPENINFERENCE_KIND,
            Field.LANGFUSE_TYPE,
            Field.LANGSMITH_KIND,
            Field.MLFLOW_TYPE,
            Field.OPENLLMETRY_REQUEST_TYPE,
            Field.OPENLLMETRY_KIND);

    private static @Nullable SpanKind ofGenAi(@Nullable String operation) {
        if (operation == null) {
            return null;
        }
        return switch (operation) {
            case "chat",
                    "generate_content",
                    "text_completion",
                    "completion",
                    "responses",
                    "call_llm",
                    "image",
                    "image_generation",
                    "audio",
                    "speech",
                    "transcription" -> SpanKind.SPAN_KIND_MODEL_CALL;
            case "embeddings", "embedding" -> SpanKind.SPAN_KIND_EMBEDDING;
            case "retrieval", "search_memory", "vectordb" -> SpanKind.SPAN_KIND_RETRIEVAL;
            case "execute_tool" -> SpanKind.SPAN_KIND_TOOL;
            case "invoke_agent", "create_agent", "agent_step", "plan", "agent", "execute_task" ->
                SpanKind.SPAN_KIND_AGENT;
            case "invoke_workflow", "chain", "workflow", "framework" -> SpanKind.SPAN_KIND_WORKFLOW;
            case "rerank" -> SpanKind.SPAN_KIND_RERANK;
            case "guardrail" -> SpanKind.SPAN_KIND_GUARDRAIL;
            case "evaluation", "evaluate" -> SpanKind.SPAN_KIND_EVALUATION;
            case "create_memory",
                    "update_memory",
                    "upsert_memory",
                    "delete_memory",
                    "create_memory_store",
                    "delete_memory_store" -> SpanKind.SPAN_KIND_OTHER;
            default -> null;
        };
    }

    /** Before they named operations, its agents and tools were known by what only they have. */
    private static @Nullable SpanKind ofPydanticAi(Reading reading) {
        if (reading.has(Field.OPERATION)) {
            return null;
        }
        if (reading.has(Field.PYDANTIC_AI_RUN)) {
            return SpanKind.SPAN_KIND_AGENT;
        }
        boolean isTool = reading.has(Field.TOOL_NAME) && !hasUsage(reading);
        return isTool ? SpanKind.SPAN_KIND_TOOL : null;
    }

    private static @Nullable SpanKind ofMlflow(@Nullable String type) {
        if (type == null) {
            return null;
        }
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "CHAT_MODEL", "LLM" -> SpanKind.SPAN_KIND_MODEL_CALL;
            case "EMBEDDING" -> SpanKind.SPAN_KIND_EMBEDDING;
            case "RETRIEVER" -> SpanKind.SPAN_KIND_RETRIEVAL;
            case "RERANKER" -> SpanKind.SPAN_KIND_RERANK;
            case "TOOL" -> SpanKind.SPAN_KIND_TOOL;
            case "AGENT" -> SpanKind.SPAN_KIND_AGENT;
            case "CHAIN", "WORKFLOW" -> SpanKind.SPAN_KIND_WORKFLOW;
            case "GUARDRAIL" -> SpanKind.SPAN_KIND_GUARDRAIL;
            case "EVALUATOR" -> SpanKind.SPAN_KIND_EVALUATION;
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
        return hasModel && hasUsage(reading) ? SpanKind.SPAN_KIND_MODEL_CALL : SpanKind.SPAN_KIND_OTHER;
    }

    private static boolean hasUsage(Reading reading) {
        return reading.has(Field.INPUT_TOKENS) || reading.has(Field.OUTPUT_TOKENS);
    }
}
