package io.pentameter.ingest.dialect;

import static io.pentameter.ingest.dialect.Dialect.GENAI;
import static io.pentameter.ingest.dialect.Dialect.LANGFUSE;
import static io.pentameter.ingest.dialect.Dialect.LANGSMITH;
import static io.pentameter.ingest.dialect.Dialect.MLFLOW;
import static io.pentameter.ingest.dialect.Dialect.OPENINFERENCE;
import static io.pentameter.ingest.dialect.Dialect.OPENLIT;
import static io.pentameter.ingest.dialect.Dialect.OPENLLMETRY;
import static io.pentameter.ingest.dialect.Dialect.OTEL;
import static io.pentameter.ingest.dialect.Dialect.PYDANTIC_AI;
import static io.pentameter.ingest.dialect.Dialect.VERCEL;
import static io.pentameter.ingest.dialect.Source.langfuseUsage;
import static io.pentameter.ingest.dialect.Source.langsmithUsage;
import static io.pentameter.ingest.dialect.Source.of;

import java.util.ArrayList;
import java.util.List;

/**
 * The mapping table: each field of the canonical span, and the attributes that may fill it, the preferred first.
 *
 * <p>{@code name#member} is a member of an attribute that holds a JSON object, dots within {@code member} go deeper; such
 * an attribute is also kept as it came. A new dialect is new names here. {@code docs/reference/dialects.md} is made from
 * this table.
 */
public enum Field {
    OPERATION(of(GENAI, "gen_ai.operation.name")),
    OPENINFERENCE_KIND(of(OPENINFERENCE, "openinference.span.kind")),
    OPENLLMETRY_KIND(of(OPENLLMETRY, "traceloop.span.kind")),
    OPENLLMETRY_REQUEST_TYPE(of(OPENLLMETRY, "llm.request.type")),
    VERCEL_OPERATION(of(VERCEL, "ai.operationId")),
    LANGFUSE_TYPE(of(LANGFUSE, "langfuse.observation.type")),
    LANGSMITH_KIND(of(LANGSMITH, "langsmith.span.kind")),
    MLFLOW_TYPE(of(MLFLOW, "mlflow.spanType")),
    /** What only the run of a pydantic-ai agent has; older versions of it name no operation. */
    PYDANTIC_AI_RUN(of(PYDANTIC_AI, "pydantic_ai.all_messages", "all_messages_events", "final_result")),
    TOOL_NAME(
            of(GENAI, "gen_ai.tool.name"),
            of(OPENINFERENCE, "tool.name"),
            of(VERCEL, "ai.toolCall.name"),
            of(MLFLOW, "mlflow.spanFunctionName")),

    PROVIDER(
            of(OTEL, "pentameter.provider"),
            of(GENAI, "gen_ai.provider.name"),
            of(OPENINFERENCE, "llm.provider", "llm.system"),
            of(LANGSMITH, "langsmith.metadata.ls_provider"),
            of(MLFLOW, "mlflow.llm.provider"),
            of(GENAI, "gen_ai.system"),
            of(VERCEL, "ai.model.provider")),
    REQUEST_MODEL(
            of(GENAI, "gen_ai.request.model"),
            of(OPENINFERENCE, "llm.request.model_name"),
            of(VERCEL, "ai.model.id"),
            of(LANGSMITH, "langsmith.metadata.ls_model_name"),
            of(MLFLOW, "mlflow.llm.model")),
    RESPONSE_MODEL(
            of(LANGFUSE, "langfuse.observation.model.name"),
            of(GENAI, "gen_ai.response.model"),
            of(VERCEL, "ai.response.model"),
            of(
                    OPENINFERENCE,
                    "llm.response.model_name",
                    "llm.model_name",
                    "embedding.model_name",
                    "reranker.model_name")),
    RESPONSE_ID(of(GENAI, "gen_ai.response.id"), of(VERCEL, "ai.response.id")),
    SERVICE_TIER(
            of(GENAI, "openai.response.service_tier", "gen_ai.openai.response.service_tier"),
            of(GENAI, "gen_ai.response.service_tier"),
            of(VERCEL, "ai.response.providerMetadata#openai.serviceTier"),
            of(GENAI, "openai.request.service_tier", "gen_ai.openai.request.service_tier"),
            of(OPENLIT, "gen_ai.request.service_tier")),

    INPUT_TOKENS(
            of(GENAI, "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
            of(OPENINFERENCE, "llm.token_count.prompt"),
            langfuseUsage("input", "input_tokens", "prompt_tokens"),
            of(OPENLLMETRY, "llm.usage.prompt_tokens"),
            of(VERCEL, "ai.usage.inputTokens", "ai.usage.promptTokens", "ai.usage.tokens"),
            langsmithUsage("input_tokens"),
            of(MLFLOW, "mlflow.chat.tokenUsage#input_tokens"),
            of(PYDANTIC_AI, "gen_ai.aggregated_usage.input_tokens")),
    OUTPUT_TOKENS(
            of(GENAI, "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
            of(OPENINFERENCE, "llm.token_count.completion"),
            langfuseUsage("output", "output_tokens", "completion_tokens"),
            of(OPENLLMETRY, "llm.usage.completion_tokens"),
            of(VERCEL, "ai.usage.outputTokens", "ai.usage.completionTokens"),
            langsmithUsage("output_tokens"),
            of(MLFLOW, "mlflow.chat.tokenUsage#output_tokens"),
            of(PYDANTIC_AI, "gen_ai.aggregated_usage.output_tokens")),
    TOTAL_TOKENS(
            of(GENAI, "gen_ai.usage.total_tokens"),
            of(OPENINFERENCE, "llm.token_count.total"),
            langfuseUsage("total", "total_tokens"),
            of(OPENLLMETRY, "llm.usage.total_tokens"),
            of(VERCEL, "ai.usage.totalTokens"),
            langsmithUsage("total_tokens"),
            of(MLFLOW, "mlflow.chat.tokenUsage#total_tokens")),
    CACHE_READ_TOKENS(
            of(GENAI, "gen_ai.usage.cache_read.input_tokens"),
            of(OPENINFERENCE, "llm.token_count.prompt_details.cache_read"),
            langfuseUsage("input_cached_tokens", "input_cache_read", "cache_read_input_tokens", "prompt_tokens_details.cached_tokens", "input_tokens_details.cached_tokens"),
            of(LANGFUSE, "gen_ai.usage.input_cached_tokens"),
            of(OPENLLMETRY, "gen_ai.usage.cache_read_input_tokens"),
            of(
                    VERCEL,
                    "ai.usage.inputTokenDetails.cacheReadTokens",
                    "ai.usage.cachedInputTokens",
                    "ai.response.providerMetadata#openai.cachedPromptTokens",
                    "ai.response.providerMetadata#anthropic.cacheReadInputTokens"),
            langsmithUsage("input_token_details.cache_read"),
            of(LANGSMITH, "gen_ai.usage.input_token_details#cache_read"),
            of(MLFLOW, "mlflow.chat.tokenUsage#cache_read_input_tokens"),
            of(
                    PYDANTIC_AI,
                    "gen_ai.usage.details.cache_read_tokens",
                    "gen_ai.usage.cache_read_tokens",
                    "gen_ai.usage.details.cache_read_input_tokens",
                    "gen_ai.usage.details.cached_tokens"),
            of(GENAI, "gen_ai.usage.cached_input_tokens")),
    CACHE_WRITE_TOKENS(
            of(GENAI, "gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_write.input_tokens"),
            of(OPENINFERENCE, "llm.token_count.prompt_details.cache_write"),
            langfuseUsage("input_cache_creation", "cache_creation_input_tokens", "input_cache_write"),
            of(LANGFUSE, "gen_ai.usage.input_cache_creation"),
            of(OPENLLMETRY, "gen_ai.usage.cache_creation_input_tokens"),
            of(
                    VERCEL,
                    "ai.usage.inputTokenDetails.cacheWriteTokens",
                    "ai.response.providerMetadata#anthropic.cacheCreationInputTokens",
                    "ai.response.providerMetadata#anthropic.usage.cache_creation_input_tokens"),
            langsmithUsage("input_token_details.cache_creation"),
            of(LANGSMITH, "gen_ai.usage.input_token_details#cache_creation"),
            of(MLFLOW, "mlflow.chat.tokenUsage#cache_creation_input_tokens"),
            of(
                    PYDANTIC_AI,
                    "gen_ai.usage.details.cache_write_tokens",
                    "gen_ai.usage.cache_write_tokens",
                    "gen_ai.usage.details.cache_creation_input_tokens")),
    /** Of the cache writes, those that live five minutes; only where they are told apart. */
    CACHE_WRITE_5M_TOKENS(
            langfuseUsage("input_cache_creation_5m"),
            of(VERCEL, "ai.response.providerMetadata#anthropic.usage.cache_creation.ephemeral_5m_input_tokens"),
            langsmithUsage("input_token_details.ephemeral_5m_input_tokens"),
            of(LANGSMITH, "gen_ai.usage.input_token_details#ephemeral_5m_input_tokens")),
    /** Of the cache writes, those that live an hour. */
    CACHE_WRITE_1H_TOKENS(
            of(GENAI, "gen_ai.usage.cache_creation.ephemeral_1h_input_tokens"),
            langfuseUsage("input_cache_creation_1h"),
            of(VERCEL, "ai.response.providerMetadata#anthropic.usage.cache_creation.ephemeral_1h_input_tokens"),
            langsmithUsage("input_token_details.ephemeral_1h_input_tokens"),
            of(LANGSMITH, "gen_ai.usage.input_token_details#ephemeral_1h_input_tokens")),
    REASONING_TOKENS(
            of(GENAI, "gen_ai.usage.reasoning.output_tokens"),
            of(OPENINFERENCE, "llm.token_count.completion_details.reasoning"),
            langfuseUsage("output_reasoning_tokens", "output_reasoning", "completion_tokens_details.reasoning_tokens", "output_tokens_details.reasoning_tokens"),
            of(OPENLLMETRY, "gen_ai.usage.reasoning_tokens"),
            of(
                    VERCEL,
                    "ai.usage.outputTokenDetails.reasoningTokens",
                    "ai.usage.reasoningTokens",
                    "ai.response.providerMetadata#openai.reasoningTokens"),
            langsmithUsage("output_token_details.reasoning"),
            of(LANGSMITH, "gen_ai.usage.output_token_details#reasoning"),
            of(PYDANTIC_AI, "gen_ai.usage.details.reasoning_tokens")),
    AUDIO_INPUT_TOKENS(
            of(GENAI, "gen_ai.usage.audio.input_tokens"),
            of(OPENINFERENCE, "llm.token_count.prompt_details.audio"),
            langfuseUsage("input_audio_tokens"),
            langsmithUsage("input_token_details.audio"),
            of(LANGSMITH, "gen_ai.usage.input_token_details#audio"),
            of(PYDANTIC_AI, "gen_ai.usage.details.input_audio_tokens")),
    AUDIO_OUTPUT_TOKENS(
            of(GENAI, "gen_ai.usage.audio.output_tokens"),
            of(OPENINFERENCE, "llm.token_count.completion_details.audio"),
            langfuseUsage("output_audio_tokens"),
            langsmithUsage("output_token_details.audio"),
            of(LANGSMITH, "gen_ai.usage.output_token_details#audio"),
            of(PYDANTIC_AI, "gen_ai.usage.details.output_audio_tokens")),
    IMAGE_INPUT_TOKENS(
            of(GENAI, "gen_ai.usage.image.input_tokens"),
            langfuseUsage("input_image_tokens")),
    /** Whether the counts are the client's own guess. */
    USAGE_ESTIMATED(of(OTEL, "pentameter.usage.estimated"), of(GENAI, "gen_ai.usage.estimated")),
    /** Whether the client took the answer from a cache of its own, so that nobody bills the call. */
    CLIENT_CACHE_HIT(
            of(OTEL, "pentameter.cache_hit"),
            of(GENAI, "gen_ai.response.cache_hit"),
            of(LANGFUSE, "langfuse.observation.metadata.cache_hit"),
            of(LANGSMITH, "langsmith.metadata.cache_hit"),
            of(OPENLLMETRY, "traceloop.association.properties.cache_hit"),
            of(VERCEL, "ai.telemetry.metadata.cacheHit")),
    /** US dollars, as the client worked them out. */
    CLIENT_COST(
            of(LANGFUSE, "langfuse.observation.cost_details#total"),
            of(GENAI, "gen_ai.usage.cost"),
            of(OPENINFERENCE, "llm.cost.total"),
            langsmithUsage("total_cost"),
            of(MLFLOW, "mlflow.llm.cost#total_cost"),
            of(PYDANTIC_AI, "operation.cost"),
            of(GENAI, "gen_ai.cost.usd")),
    /** Parts of the client's dollars, where it gives no total. */
    CLIENT_INPUT_COST(
            of(LANGFUSE, "langfuse.observation.cost_details#input"),
            of(OPENINFERENCE, "llm.cost.prompt"),
            of(GENAI, "gen_ai.usage.input_cost")),
    CLIENT_OUTPUT_COST(
            of(LANGFUSE, "langfuse.observation.cost_details#output"),
            of(OPENINFERENCE, "llm.cost.completion"),
            of(GENAI, "gen_ai.usage.output_cost")),

    INPUT(
            of(
                    GENAI,
                    "gen_ai.input.messages",
                    "gen_ai.tool.call.arguments",
                    "gen_ai.retrieval.query.text",
                    "gen_ai.prompt"),
            of(VERCEL, "ai.prompt.messages", "ai.prompt", "ai.toolCall.args", "ai.values", "ai.value"),
            of(LANGFUSE, "langfuse.observation.input"),
            of(OPENINFERENCE, "input.value", "reranker.query"),
            of(OPENLLMETRY, "traceloop.entity.input"),
            of(MLFLOW, "mlflow.spanInputs"),
            of(PYDANTIC_AI, "pydantic_ai.all_messages", "all_messages_events", "tool_arguments"),
            of(OPENLIT, "gen_ai.tool.args"),
            of(LANGFUSE, "langfuse.trace.input")),
    OUTPUT(
            of(
                    GENAI,
                    "gen_ai.output.messages",
                    "gen_ai.tool.call.result",
                    "gen_ai.retrieval.documents",
                    "gen_ai.completion"),
            of(VERCEL, "ai.response.text", "ai.response.object", "ai.toolCall.result"),
            of(LANGFUSE, "langfuse.observation.output"),
            of(OPENINFERENCE, "output.value"),
            of(OPENLLMETRY, "traceloop.entity.output"),
            of(MLFLOW, "mlflow.spanOutputs"),
            of(PYDANTIC_AI, "final_result", "tool_response"),
            of(LANGFUSE, "langfuse.trace.output")),
    /** Calls of tools that a model's answer asks for, beside its text or instead of one. */
    OUTPUT_TOOL_CALLS(of(VERCEL, "ai.response.toolCalls"), of(OPENLIT, "gen_ai.response.tool_calls")),
    /** All messages of a call, what was asked and what was answered, as events in one attribute. */
    MESSAGE_EVENTS(of(PYDANTIC_AI, "events")),
    SYSTEM_INSTRUCTIONS(of(GENAI, "gen_ai.system_instructions")),
    FINISH_REASON(
            of(GENAI, "gen_ai.response.finish_reasons"),
            of(OPENINFERENCE, "llm.finish_reason"),
            of(VERCEL, "ai.response.finishReason"),
            of(OPENLLMETRY, "gen_ai.completion.0.finish_reason")),
    OUTPUT_TYPE(of(GENAI, "gen_ai.output.type", "gen_ai.openai.request.response_format")),
    TTFT_SECONDS(
            of(GENAI, "gen_ai.response.time_to_first_chunk"),
            of(GENAI, "gen_ai.client.operation.time_to_first_chunk", "gen_ai.server.time_to_first_token")),
    TTFT_MILLIS(of(VERCEL, "ai.response.msToFirstChunk", "ai.stream.msToFirstChunk")),
    /** Time of day of the first token, ISO 8601. */
    FIRST_TOKEN_AT(of(LANGFUSE, "langfuse.observation.completion_start_time")),

    ERROR_TYPE(of(OTEL, "error.type")),
    ERROR_MESSAGE(of(LANGFUSE, "langfuse.observation.status_message"), of(OTEL, "error.message")),
    LEVEL(of(LANGFUSE, "langfuse.observation.level")),
    HTTP_STATUS(of(OTEL, "http.response.status_code", "http.status_code")),
    /** How often the request had been sent before, by the HTTP client. */
    RESEND_COUNT(of(OTEL, "http.request.resend_count")),
    /** What makes calls attempts of one request, if the client says so. */
    ATTEMPT_GROUP(of(OTEL, "pentameter.attempt.group")),
    /** How many documents a search gave. */
    RETURNED_ROWS(of(OTEL, "db.response.returned_rows")),
    GUARDRAIL_VERDICT(
            of(OTEL, "pentameter.guardrail.verdict"),
            of(GENAI, "gen_ai.guardrail.action"),
            of(OPENLIT, "guard.verdict")),

    FEATURE(of(OTEL, "pentameter.feature")),
    ROUTE(
            of(OTEL, "pentameter.route", "http.route"),
            of(GENAI, "gen_ai.workflow.name"),
            of(VERCEL, "ai.telemetry.functionId"),
            of(OPENLLMETRY, "traceloop.workflow.name"),
            of(LANGFUSE, "langfuse.trace.name")),
    CUSTOMER(of(OTEL, "pentameter.customer")),
    USER(
            of(OTEL, "pentameter.user", "user.id", "enduser.id"),
            of(LANGFUSE, "langfuse.user.id"),
            of(VERCEL, "ai.telemetry.metadata.userId"),
            of(OPENLLMETRY, "traceloop.association.properties.user_id"),
            of(LANGSMITH, "langsmith.metadata.user_id"),
            of(MLFLOW, "mlflow.trace.user"),
            of(OPENLIT, "gen_ai.request.user")),
    SESSION(
            of(OTEL, "pentameter.session"),
            of(GENAI, "gen_ai.conversation.id"),
            of(LANGFUSE, "langfuse.session.id"),
            of(OTEL, "session.id"),
            of(LANGFUSE, "session_id"),
            of(VERCEL, "ai.telemetry.metadata.sessionId"),
            of(OPENLLMETRY, "traceloop.association.properties.session_id"),
            of(
                    LANGSMITH,
                    "langsmith.metadata.session_id",
                    "langsmith.metadata.thread_id",
                    "langsmith.metadata.conversation_id"),
            of(MLFLOW, "mlflow.trace.session")),
    INTENT(of(OTEL, "pentameter.intent")),
    PROMPT_NAME(
            of(OTEL, "pentameter.prompt.name"),
            of(GENAI, "gen_ai.prompt.name"),
            of(LANGFUSE, "langfuse.observation.prompt.name"),
            of(OPENINFERENCE, "prompt.id"),
            of(OPENLLMETRY, "traceloop.prompt.key")),
    PROMPT_VERSION(
            of(OTEL, "pentameter.prompt.version"),
            of(GENAI, "gen_ai.prompt.version"),
            of(LANGFUSE, "langfuse.observation.prompt.version"),
            of(OPENINFERENCE, "llm.prompt_template.version"),
            of(OPENLLMETRY, "traceloop.prompt.version")),
    ENVIRONMENT(
            of(OTEL, "pentameter.environment", "deployment.environment.name", "deployment.environment"),
            of(LANGFUSE, "langfuse.environment"),
            of(OPENLIT, "gen_ai.environment")),
    REGION(of(OTEL, "pentameter.region", "cloud.region")),
    RELEASE(
            of(OTEL, "pentameter.release"),
            of(LANGFUSE, "langfuse.release"),
            of(OTEL, "service.version"),
            of(LANGSMITH, "langsmith.metadata.revision_id")),
    SERVICE(of(OTEL, "service.name")),
    /** Stands in for the service where that has no name of its own. */
    PROJECT(
            of(OPENINFERENCE, "openinference.project.name"),
            of(LANGSMITH, "langsmith.trace.session_name"),
            of(OPENLIT, "gen_ai.application_name")),
    /** Whether the span stands for what the user asked once; without it, a span without a parent does. */
    REQUEST(of(OTEL, "pentameter.request")),
    TAGS(
            of(OTEL, "pentameter.tags"),
            of(OPENINFERENCE, "tag.tags"),
            of(LANGFUSE, "langfuse.trace.tags", "langfuse.tags"),
            of(VERCEL, "ai.telemetry.metadata.tags"),
            of(LANGSMITH, "langsmith.span.tags")),

    /** Large and of no use: vectors. Taken out and not kept. */
    NOT_KEPT(of(VERCEL, "ai.embedding", "ai.embeddings"));

    static final int COUNT = values().length;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.copyOf, of records
    private final List<Source> sources;

    Field(Source... bySource) {
        List<Source> flat = new ArrayList<>();
        for (Source source : bySource) {
            source.names().forEach(name -> flat.add(new Source(source.dialect(), List.of(name))));
        }
        this.sources = List.copyOf(flat);
    }

    /** The attributes that may fill the field, one name each, the preferred first. */
    List<Source> sources() {
        return sources;
    }

    /** Whether it counts tokens, so that its attribute is kept where the span's usage is not counted. */
    boolean isUsage() {
        return compareTo(INPUT_TOKENS) >= 0 && compareTo(CLIENT_OUTPUT_COST) <= 0;
    }

    /** Whether its attribute is also kept by its own name, because no field of the record holds the whole of it. */
    boolean isKeptToo() {
        return switch (this) {
            case PROJECT,
                    TOOL_NAME,
                    LEVEL,
                    ERROR_MESSAGE,
                    CLIENT_CACHE_HIT,
                    CLIENT_COST,
                    CLIENT_INPUT_COST,
                    CLIENT_OUTPUT_COST,
                    USAGE_ESTIMATED,
                    GUARDRAIL_VERDICT,
                    RETURNED_ROWS,
                    RESEND_COUNT,
                    ATTEMPT_GROUP ->
                true;
            default -> false;
        };
    }
}
