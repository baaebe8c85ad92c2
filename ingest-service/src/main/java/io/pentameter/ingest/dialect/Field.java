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
import static io.pentameter.ingest.dialect.Source.in;
import static io.pentameter.ingest.dialect.Source.langfuseUsage;
import static io.pentameter.ingest.dialect.Source.langsmithUsage;

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
    OPERATION(in(GENAI, "gen_ai.operation.name")),
    OPENINFERENCE_KIND(in(OPENINFERENCE, "openinference.span.kind")),
    OPENLLMETRY_KIND(in(OPENLLMETRY, "traceloop.span.kind")),
    OPENLLMETRY_REQUEST_TYPE(in(OPENLLMETRY, "llm.request.type")),
    VERCEL_OPERATION(in(VERCEL, "ai.operationId")),
    LANGFUSE_TYPE(in(LANGFUSE, "langfuse.observation.type")),
    LANGSMITH_KIND(in(LANGSMITH, "langsmith.span.kind")),
    MLFLOW_TYPE(in(MLFLOW, "mlflow.spanType")),
    /** What only the run of a pydantic-ai agent has; older versions of it name no operation. */
    PYDANTIC_AI_RUN(in(PYDANTIC_AI, "pydantic_ai.all_messages", "all_messages_events", "final_result")),
    TOOL_NAME(
            in(GENAI, "gen_ai.tool.name"),
            in(OPENINFERENCE, "tool.name"),
            in(VERCEL, "ai.toolCall.name"),
            in(MLFLOW, "mlflow.spanFunctionName")),

    PROVIDER(
            in(OTEL, "pentameter.provider"),
            in(GENAI, "gen_ai.provider.name"),
            in(OPENINFERENCE, "llm.provider", "llm.system"),
            in(LANGSMITH, "langsmith.metadata.ls_provider"),
            in(MLFLOW, "mlflow.llm.provider"),
            in(GENAI, "gen_ai.system"),
            in(VERCEL, "ai.model.provider")),
    REQUEST_MODEL(
            in(GENAI, "gen_ai.request.model"),
            in(OPENINFERENCE, "llm.request.model_name"),
            in(VERCEL, "ai.model.id"),
            in(LANGSMITH, "langsmith.metadata.ls_model_name"),
            in(MLFLOW, "mlflow.llm.model")),
    RESPONSE_MODEL(
            in(LANGFUSE, "langfuse.observation.model.name"),
            in(GENAI, "gen_ai.response.model"),
            in(VERCEL, "ai.response.model"),
            in(
                    OPENINFERENCE,
                    "llm.response.model_name",
                    "llm.model_name",
                    "embedding.model_name",
                    "reranker.model_name")),
    RESPONSE_ID(in(GENAI, "gen_ai.response.id"), in(VERCEL, "ai.response.id")),
    SERVICE_TIER(
            in(GENAI, "openai.response.service_tier", "gen_ai.openai.response.service_tier"),
            in(GENAI, "gen_ai.response.service_tier"),
            in(VERCEL, "ai.response.providerMetadata#openai.serviceTier"),
            in(GENAI, "openai.request.service_tier", "gen_ai.openai.request.service_tier"),
            in(OPENLIT, "gen_ai.request.service_tier")),

    INPUT_TOKENS(
            in(GENAI, "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
            in(OPENINFERENCE, "llm.token_count.prompt"),
            langfuseUsage("input", "input_tokens", "prompt_tokens"),
            in(OPENLLMETRY, "llm.usage.prompt_tokens"),
            in(VERCEL, "ai.usage.inputTokens", "ai.usage.promptTokens", "ai.usage.tokens"),
            langsmithUsage("input_tokens"),
            in(MLFLOW, "mlflow.chat.tokenUsage#input_tokens"),
            in(PYDANTIC_AI, "gen_ai.aggregated_usage.input_tokens")),
    OUTPUT_TOKENS(
            in(GENAI, "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
            in(OPENINFERENCE, "llm.token_count.completion"),
            langfuseUsage("output", "output_tokens", "completion_tokens"),
            in(OPENLLMETRY, "llm.usage.completion_tokens"),
            in(VERCEL, "ai.usage.outputTokens", "ai.usage.completionTokens"),
            langsmithUsage("output_tokens"),
            in(MLFLOW, "mlflow.chat.tokenUsage#output_tokens"),
            in(PYDANTIC_AI, "gen_ai.aggregated_usage.output_tokens")),
    TOTAL_TOKENS(
            in(GENAI, "gen_ai.usage.total_tokens"),
            in(OPENINFERENCE, "llm.token_count.total"),
            langfuseUsage("total", "total_tokens"),
            in(OPENLLMETRY, "llm.usage.total_tokens"),
            in(VERCEL, "ai.usage.totalTokens"),
            langsmithUsage("total_tokens"),
            in(MLFLOW, "mlflow.chat.tokenUsage#total_tokens")),
    CACHE_READ_TOKENS(
            in(GENAI, "gen_ai.usage.cache_read.input_tokens"),
            in(OPENINFERENCE, "llm.token_count.prompt_details.cache_read"),
            langfuseUsage(
                    "input_cached_tokens",
                    "input_cache_read",
                    "cache_read_input_tokens",
                    "prompt_tokens_details.cached_tokens",
                    "input_tokens_details.cached_tokens"),
            in(LANGFUSE, "gen_ai.usage.input_cached_tokens"),
            in(OPENLLMETRY, "gen_ai.usage.cache_read_input_tokens"),
            in(
                    VERCEL,
                    "ai.usage.inputTokenDetails.cacheReadTokens",
                    "ai.usage.cachedInputTokens",
                    "ai.response.providerMetadata#openai.cachedPromptTokens",
                    "ai.response.providerMetadata#anthropic.cacheReadInputTokens"),
            langsmithUsage("input_token_details.cache_read"),
            in(LANGSMITH, "gen_ai.usage.input_token_details#cache_read"),
            in(MLFLOW, "mlflow.chat.tokenUsage#cache_read_input_tokens"),
            in(
                    PYDANTIC_AI,
                    "gen_ai.usage.details.cache_read_tokens",
                    "gen_ai.usage.cache_read_tokens",
                    "gen_ai.usage.details.cache_read_input_tokens",
                    "gen_ai.usage.details.cached_tokens"),
            in(GENAI, "gen_ai.usage.cached_input_tokens")),
    CACHE_WRITE_TOKENS(
            in(GENAI, "gen_ai.usage.cache_creation.input_tokens", "gen_ai.usage.cache_write.input_tokens"),
            in(OPENINFERENCE, "llm.token_count.prompt_details.cache_write"),
            langfuseUsage("input_cache_creation", "cache_creation_input_tokens", "input_cache_write"),
            in(LANGFUSE, "gen_ai.usage.input_cache_creation"),
            in(OPENLLMETRY, "gen_ai.usage.cache_creation_input_tokens"),
            in(
                    VERCEL,
                    "ai.usage.inputTokenDetails.cacheWriteTokens",
                    "ai.response.providerMetadata#anthropic.cacheCreationInputTokens",
                    "ai.response.providerMetadata#anthropic.usage.cache_creation_input_tokens"),
            langsmithUsage("input_token_details.cache_creation"),
            in(LANGSMITH, "gen_ai.usage.input_token_details#cache_creation"),
            in(MLFLOW, "mlflow.chat.tokenUsage#cache_creation_input_tokens"),
            in(
                    PYDANTIC_AI,
                    "gen_ai.usage.details.cache_write_tokens",
                    "gen_ai.usage.cache_write_tokens",
                    "gen_ai.usage.details.cache_creation_input_tokens")),
    /** Of the cache writes, those that live five minutes; only where they are told apart. */
    CACHE_WRITE_5M_TOKENS(
            langfuseUsage("input_cache_creation_5m"),
            in(VERCEL, "ai.response.providerMetadata#anthropic.usage.cache_creation.ephemeral_5m_input_tokens"),
            langsmithUsage("input_token_details.ephemeral_5m_input_tokens"),
            in(LANGSMITH, "gen_ai.usage.input_token_details#ephemeral_5m_input_tokens")),
    /** Of the cache writes, those that live an hour. */
    CACHE_WRITE_1H_TOKENS(
            in(GENAI, "gen_ai.usage.cache_creation.ephemeral_1h_input_tokens"),
            langfuseUsage("input_cache_creation_1h"),
            in(VERCEL, "ai.response.providerMetadata#anthropic.usage.cache_creation.ephemeral_1h_input_tokens"),
            langsmithUsage("input_token_details.ephemeral_1h_input_tokens"),
            in(LANGSMITH, "gen_ai.usage.input_token_details#ephemeral_1h_input_tokens")),
    REASONING_TOKENS(
            in(GENAI, "gen_ai.usage.reasoning.output_tokens"),
            in(OPENINFERENCE, "llm.token_count.completion_details.reasoning"),
            langfuseUsage(
                    "output_reasoning_tokens",
                    "output_reasoning",
                    "completion_tokens_details.reasoning_tokens",
                    "output_tokens_details.reasoning_tokens"),
            in(OPENLLMETRY, "gen_ai.usage.reasoning_tokens"),
            in(
                    VERCEL,
                    "ai.usage.outputTokenDetails.reasoningTokens",
                    "ai.usage.reasoningTokens",
                    "ai.response.providerMetadata#openai.reasoningTokens"),
            langsmithUsage("output_token_details.reasoning"),
            in(LANGSMITH, "gen_ai.usage.output_token_details#reasoning"),
            in(PYDANTIC_AI, "gen_ai.usage.details.reasoning_tokens")),
    AUDIO_INPUT_TOKENS(
            in(GENAI, "gen_ai.usage.audio.input_tokens"),
            in(OPENINFERENCE, "llm.token_count.prompt_details.audio"),
            langfuseUsage("input_audio_tokens"),
            langsmithUsage("input_token_details.audio"),
            in(LANGSMITH, "gen_ai.usage.input_token_details#audio"),
            in(PYDANTIC_AI, "gen_ai.usage.details.input_audio_tokens")),
    AUDIO_OUTPUT_TOKENS(
            in(GENAI, "gen_ai.usage.audio.output_tokens"),
            in(OPENINFERENCE, "llm.token_count.completion_details.audio"),
            langfuseUsage("output_audio_tokens"),
            langsmithUsage("output_token_details.audio"),
            in(LANGSMITH, "gen_ai.usage.output_token_details#audio"),
            in(PYDANTIC_AI, "gen_ai.usage.details.output_audio_tokens")),
    IMAGE_INPUT_TOKENS(in(GENAI, "gen_ai.usage.image.input_tokens"), langfuseUsage("input_image_tokens")),
    /** What is billed by the piece and is no token: searches that the provider ran, pictures, sound or film, pages ... */
    SEARCHES(
            in(OTEL, "pentameter.usage.searches"),
            langfuseUsage("web_search_requests", "server_tool_use.web_search_requests", "searches"),
            in(VERCEL, "ai.response.providerMetadata#anthropic.usage.server_tool_use.web_search_requests"),
            in(PYDANTIC_AI, "gen_ai.usage.details.web_search_requests"),
            langsmithUsage("server_tool_use.web_search_requests")),
    IMAGES(in(OTEL, "pentameter.usage.images"), langfuseUsage("images")),
    MEDIA_MS(in(OTEL, "pentameter.usage.media_ms"), langfuseUsage("milliseconds")),
    MEDIA_SECONDS(in(OTEL, "pentameter.usage.media_seconds"), langfuseUsage("seconds")),
    PAGES(in(OTEL, "pentameter.usage.pages"), langfuseUsage("pages")),
    CHARACTERS(in(OTEL, "pentameter.usage.characters"), langfuseUsage("characters")),
    /** Whether the counts are the client's own guess. */
    USAGE_ESTIMATED(in(OTEL, "pentameter.usage.estimated"), in(GENAI, "gen_ai.usage.estimated")),
    /** Whether the client took the answer from a cache of its own, so that nobody bills the call. */
    CLIENT_CACHE_HIT(
            in(OTEL, "pentameter.cache_hit"),
            in(GENAI, "gen_ai.response.cache_hit"),
            in(LANGFUSE, "langfuse.observation.metadata.cache_hit"),
            in(LANGSMITH, "langsmith.metadata.cache_hit"),
            in(OPENLLMETRY, "traceloop.association.properties.cache_hit"),
            in(VERCEL, "ai.telemetry.metadata.cacheHit")),
    /** US dollars, as the client worked them out. */
    CLIENT_COST(
            in(LANGFUSE, "langfuse.observation.cost_details#total"),
            in(GENAI, "gen_ai.usage.cost"),
            in(OPENINFERENCE, "llm.cost.total"),
            langsmithUsage("total_cost"),
            in(MLFLOW, "mlflow.llm.cost#total_cost"),
            in(PYDANTIC_AI, "operation.cost"),
            in(GENAI, "gen_ai.cost.usd")),
    /** Parts of the client's dollars, where it gives no total. */
    CLIENT_INPUT_COST(
            in(LANGFUSE, "langfuse.observation.cost_details#input"),
            in(OPENINFERENCE, "llm.cost.prompt"),
            in(GENAI, "gen_ai.usage.input_cost")),
    CLIENT_OUTPUT_COST(
            in(LANGFUSE, "langfuse.observation.cost_details#output"),
            in(OPENINFERENCE, "llm.cost.completion"),
            in(GENAI, "gen_ai.usage.output_cost")),

    INPUT(
            in(
                    GENAI,
                    "gen_ai.input.messages",
                    "gen_ai.tool.call.arguments",
                    "gen_ai.retrieval.query.text",
                    "gen_ai.prompt"),
            in(VERCEL, "ai.prompt.messages", "ai.prompt", "ai.toolCall.args", "ai.values", "ai.value"),
            in(LANGFUSE, "langfuse.observation.input"),
            in(OPENINFERENCE, "input.value", "reranker.query"),
            in(OPENLLMETRY, "traceloop.entity.input"),
            in(MLFLOW, "mlflow.spanInputs"),
            in(PYDANTIC_AI, "pydantic_ai.all_messages", "all_messages_events", "tool_arguments"),
            in(OPENLIT, "gen_ai.tool.args"),
            in(LANGFUSE, "langfuse.trace.input")),
    OUTPUT(
            in(
                    GENAI,
                    "gen_ai.output.messages",
                    "gen_ai.tool.call.result",
                    "gen_ai.retrieval.documents",
                    "gen_ai.completion"),
            in(VERCEL, "ai.response.text", "ai.response.object", "ai.toolCall.result"),
            in(LANGFUSE, "langfuse.observation.output"),
            in(OPENINFERENCE, "output.value"),
            in(OPENLLMETRY, "traceloop.entity.output"),
            in(MLFLOW, "mlflow.spanOutputs"),
            in(PYDANTIC_AI, "final_result", "tool_response"),
            in(LANGFUSE, "langfuse.trace.output")),
    /** Calls of tools that a model's answer asks for, beside its text or instead of one. */
    OUTPUT_TOOL_CALLS(in(VERCEL, "ai.response.toolCalls"), in(OPENLIT, "gen_ai.response.tool_calls")),
    /** All messages of a call, what was asked and what was answered, as events in one attribute. */
    MESSAGE_EVENTS(in(PYDANTIC_AI, "events")),
    SYSTEM_INSTRUCTIONS(in(GENAI, "gen_ai.system_instructions")),
    FINISH_REASON(
            in(GENAI, "gen_ai.response.finish_reasons"),
            in(OPENINFERENCE, "llm.finish_reason"),
            in(VERCEL, "ai.response.finishReason"),
            in(OPENLLMETRY, "gen_ai.completion.0.finish_reason")),
    OUTPUT_TYPE(in(GENAI, "gen_ai.output.type", "gen_ai.openai.request.response_format")),
    TTFT_SECONDS(
            in(GENAI, "gen_ai.response.time_to_first_chunk"),
            in(GENAI, "gen_ai.client.operation.time_to_first_chunk", "gen_ai.server.time_to_first_token")),
    TTFT_MILLIS(in(VERCEL, "ai.response.msToFirstChunk", "ai.stream.msToFirstChunk")),
    /** Time of day of the first token, ISO 8601. */
    FIRST_TOKEN_AT(in(LANGFUSE, "langfuse.observation.completion_start_time")),

    ERROR_TYPE(in(OTEL, "error.type")),
    ERROR_MESSAGE(in(LANGFUSE, "langfuse.observation.status_message"), in(OTEL, "error.message")),
    LEVEL(in(LANGFUSE, "langfuse.observation.level")),
    HTTP_STATUS(in(OTEL, "http.response.status_code", "http.status_code")),
    /** How often the request had been sent before, by the HTTP client. */
    RESEND_COUNT(in(OTEL, "http.request.resend_count")),
    /** What makes calls attempts of one request, if the client says so. */
    ATTEMPT_GROUP(in(OTEL, "pentameter.attempt.group")),
    /** How many documents a search gave. */
    RETURNED_ROWS(in(OTEL, "db.response.returned_rows")),
    GUARDRAIL_VERDICT(
            in(OTEL, "pentameter.guardrail.verdict"),
            in(GENAI, "gen_ai.guardrail.action"),
            in(OPENLIT, "guard.verdict")),

    FEATURE(in(OTEL, "pentameter.feature")),
    ROUTE(
            in(OTEL, "pentameter.route", "http.route"),
            in(GENAI, "gen_ai.workflow.name"),
            in(VERCEL, "ai.telemetry.functionId"),
            in(OPENLLMETRY, "traceloop.workflow.name"),
            in(LANGFUSE, "langfuse.trace.name")),
    CUSTOMER(in(OTEL, "pentameter.customer")),
    USER(
            in(OTEL, "pentameter.user", "user.id", "enduser.id"),
            in(LANGFUSE, "langfuse.user.id"),
            in(VERCEL, "ai.telemetry.metadata.userId"),
            in(OPENLLMETRY, "traceloop.association.properties.user_id"),
            in(LANGSMITH, "langsmith.metadata.user_id"),
            in(MLFLOW, "mlflow.trace.user"),
            in(OPENLIT, "gen_ai.request.user")),
    SESSION(
            in(OTEL, "pentameter.session"),
            in(GENAI, "gen_ai.conversation.id"),
            in(LANGFUSE, "langfuse.session.id"),
            in(OTEL, "session.id"),
            in(LANGFUSE, "session_id"),
            in(VERCEL, "ai.telemetry.metadata.sessionId"),
            in(OPENLLMETRY, "traceloop.association.properties.session_id"),
            in(
                    LANGSMITH,
                    "langsmith.metadata.session_id",
                    "langsmith.metadata.thread_id",
                    "langsmith.metadata.conversation_id"),
            in(MLFLOW, "mlflow.trace.session")),
    INTENT(in(OTEL, "pentameter.intent")),
    /** Of what the user asks: ISO 639-1, or a tag that begins with it. */
    LANGUAGE(in(OTEL, "pentameter.language")),
    PROMPT_NAME(
            in(OTEL, "pentameter.prompt.name"),
            in(GENAI, "gen_ai.prompt.name"),
            in(LANGFUSE, "langfuse.observation.prompt.name"),
            in(OPENINFERENCE, "prompt.id"),
            in(OPENLLMETRY, "traceloop.prompt.key")),
    PROMPT_VERSION(
            in(OTEL, "pentameter.prompt.version"),
            in(GENAI, "gen_ai.prompt.version"),
            in(LANGFUSE, "langfuse.observation.prompt.version"),
            in(OPENINFERENCE, "llm.prompt_template.version"),
            in(OPENLLMETRY, "traceloop.prompt.version")),
    ENVIRONMENT(
            in(OTEL, "pentameter.environment", "deployment.environment.name", "deployment.environment"),
            in(LANGFUSE, "langfuse.environment"),
            in(OPENLIT, "gen_ai.environment")),
    REGION(in(OTEL, "pentameter.region", "cloud.region")),
    RELEASE(
            in(OTEL, "pentameter.release"),
            in(LANGFUSE, "langfuse.release"),
            in(OTEL, "service.version"),
            in(LANGSMITH, "langsmith.metadata.revision_id")),
    SERVICE(in(OTEL, "service.name")),
    /** Stands in for the service where that has no name of its own. */
    PROJECT(
            in(OTEL, "project"),
            in(OPENINFERENCE, "openinference.project.name"),
            in(LANGSMITH, "langsmith.trace.session_name"),
            in(OPENLIT, "gen_ai.application_name"),
            in(MLFLOW, "mlflow.experimentId"),
            in(OTEL, "wandb.project")),
    /** Whether the span stands for what the user asked once; without it, a span without a parent does. */
    REQUEST(in(OTEL, "pentameter.request")),
    /** Whether the step has begun and is not over: it is shown and nothing counts it. */
    RUNNING(in(OTEL, "pentameter.running")),
    TAGS(
            in(OTEL, "pentameter.tags"),
            in(OPENINFERENCE, "tag.tags"),
            in(LANGFUSE, "langfuse.trace.tags", "langfuse.tags"),
            in(VERCEL, "ai.telemetry.metadata.tags"),
            in(LANGSMITH, "langsmith.span.tags")),

    /** Large and of no use: vectors. Taken out and not kept. */
    NOT_KEPT(in(VERCEL, "ai.embedding", "ai.embeddings"));

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
                    ATTEMPT_GROUP -> true;
            default -> false;
        };
    }
}
