package io.pentameter.ingest.dialect;

import static io.pentameter.ingest.dialect.Dialect.GENAI;
import static io.pentameter.ingest.dialect.Dialect.LANGFUSE;
import static io.pentameter.ingest.dialect.Dialect.LANGSMITH;
import static io.pentameter.ingest.dialect.Dialect.OPENINFERENCE;
import static io.pentameter.ingest.dialect.Dialect.OPENLLMETRY;
import static io.pentameter.ingest.dialect.Dialect.OTEL;
import static io.pentameter.ingest.dialect.Dialect.VERCEL;

import java.util.ArrayList;
import java.util.List;

/**
 * The mapping table: each field of the canonical span, and the attributes that may fill it, the preferred first.
 *
 * <p>Current and deprecated names of the OpenTelemetry GenAI conventions, OpenInference 2.12, OpenLLMetry up to 0.27 and
 * the Vercel AI SDK 4 to 7; of Langfuse and LangSmith the names that hold one value. A new dialect is new names here.
 */
public enum Field {
    OPERATION(of(GENAI, "gen_ai.operation.name")),
    OPENINFERENCE_KIND(of(OPENINFERENCE, "openinference.span.kind")),
    OPENLLMETRY_KIND(of(OPENLLMETRY, "traceloop.span.kind")),
    OPENLLMETRY_REQUEST_TYPE(of(OPENLLMETRY, "llm.request.type")),
    VERCEL_OPERATION(of(VERCEL, "ai.operationId")),
    LANGFUSE_TYPE(of(LANGFUSE, "langfuse.observation.type")),
    LANGSMITH_KIND(of(LANGSMITH, "langsmith.span.kind")),

    PROVIDER(
            of(GENAI, "gen_ai.provider.name"),
            of(OPENINFERENCE, "llm.provider", "llm.system"),
            of(LANGSMITH, "langsmith.metadata.ls_provider"),
            of(GENAI, "gen_ai.system"),
            of(VERCEL, "ai.model.provider")),
    REQUEST_MODEL(
            of(GENAI, "gen_ai.request.model"),
            of(OPENINFERENCE, "llm.request.model_name"),
            of(VERCEL, "ai.model.id"),
            of(LANGSMITH, "langsmith.metadata.ls_model_name")),
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
            of(GENAI, "openai.request.service_tier", "gen_ai.openai.request.service_tier")),

    INPUT_TOKENS(
            of(GENAI, "gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
            of(OPENINFERENCE, "llm.token_count.prompt"),
            of(OPENLLMETRY, "llm.usage.prompt_tokens"),
            of(VERCEL, "ai.usage.inputTokens", "ai.usage.promptTokens", "ai.usage.tokens")),
    OUTPUT_TOKENS(
            of(GENAI, "gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
            of(OPENINFERENCE, "llm.token_count.completion"),
            of(OPENLLMETRY, "llm.usage.completion_tokens"),
            of(VERCEL, "ai.usage.outputTokens", "ai.usage.completionTokens")),
    TOTAL_TOKENS(
            of(GENAI, "gen_ai.usage.total_tokens"),
            of(OPENINFERENCE, "llm.token_count.total"),
            of(OPENLLMETRY, "llm.usage.total_tokens"),
            of(VERCEL, "ai.usage.totalTokens")),
    CACHE_READ_TOKENS(
            of(GENAI, "gen_ai.usage.cache_read.input_tokens"),
            of(OPENINFERENCE, "llm.token_count.prompt_details.cache_read"),
            of(OPENLLMETRY, "gen_ai.usage.cache_read_input_tokens"),
            of(VERCEL, "ai.usage.inputTokenDetails.cacheReadTokens", "ai.usage.cachedInputTokens"),
            of(GENAI, "gen_ai.usage.details.cache_read_tokens")),
    CACHE_WRITE_TOKENS(
            of(GENAI, "gen_ai.usage.cache_creation.input_tokens"),
            of(OPENINFERENCE, "llm.token_count.prompt_details.cache_write"),
            of(OPENLLMETRY, "gen_ai.usage.cache_creation_input_tokens"),
            of(VERCEL, "ai.usage.inputTokenDetails.cacheWriteTokens"),
            of(GENAI, "gen_ai.usage.details.cache_write_tokens")),
    /** Of the cache writes, those that live an hour. */
    CACHE_WRITE_1H_TOKENS(of(GENAI, "gen_ai.usage.cache_creation.ephemeral_1h_input_tokens")),
    REASONING_TOKENS(
            of(GENAI, "gen_ai.usage.reasoning.output_tokens"),
            of(OPENINFERENCE, "llm.token_count.completion_details.reasoning"),
            of(OPENLLMETRY, "gen_ai.usage.reasoning_tokens"),
            of(VERCEL, "ai.usage.outputTokenDetails.reasoningTokens", "ai.usage.reasoningTokens"),
            of(GENAI, "gen_ai.usage.details.reasoning_tokens")),
    AUDIO_INPUT_TOKENS(
            of(GENAI, "gen_ai.usage.audio.input_tokens"),
            of(OPENINFERENCE, "llm.token_count.prompt_details.audio"),
            of(GENAI, "gen_ai.usage.details.input_audio_tokens")),
    AUDIO_OUTPUT_TOKENS(
            of(GENAI, "gen_ai.usage.audio.output_tokens"),
            of(OPENINFERENCE, "llm.token_count.completion_details.audio"),
            of(GENAI, "gen_ai.usage.details.output_audio_tokens")),
    IMAGE_INPUT_TOKENS(of(GENAI, "gen_ai.usage.image.input_tokens")),
    /** US dollars, as the client worked them out. */
    CLIENT_COST(of(GENAI, "gen_ai.usage.cost"), of(OPENINFERENCE, "llm.cost.total")),

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
            of(OPENLLMETRY, "traceloop.entity.input")),
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
            of(OPENLLMETRY, "traceloop.entity.output")),
    /** Output of a model that answered with calls of tools only. */
    OUTPUT_TOOL_CALLS(of(VERCEL, "ai.response.toolCalls")),
    SYSTEM_INSTRUCTIONS(of(GENAI, "gen_ai.system_instructions")),
    FINISH_REASON(
            of(GENAI, "gen_ai.response.finish_reasons"),
            of(OPENINFERENCE, "llm.finish_reason"),
            of(VERCEL, "ai.response.finishReason")),
    OUTPUT_TYPE(of(GENAI, "gen_ai.output.type", "gen_ai.openai.request.response_format")),
    TTFT_SECONDS(
            of(GENAI, "gen_ai.response.time_to_first_chunk"),
            of(GENAI, "gen_ai.client.operation.time_to_first_chunk", "gen_ai.server.time_to_first_token")),
    TTFT_MILLIS(of(VERCEL, "ai.response.msToFirstChunk", "ai.stream.msToFirstChunk")),

    ERROR_TYPE(of(OTEL, "error.type")),
    ERROR_MESSAGE(of(LANGFUSE, "langfuse.observation.status_message"), of(OTEL, "error.message")),
    LEVEL(of(LANGFUSE, "langfuse.observation.level")),
    HTTP_STATUS(of(OTEL, "http.response.status_code", "http.status_code")),

    FEATURE(of(OTEL, "pentameter.feature")),
    ROUTE(
            of(OTEL, "pentameter.route", "http.route"),
            of(GENAI, "gen_ai.workflow.name"),
            of(VERCEL, "ai.telemetry.functionId"),
            of(OPENLLMETRY, "traceloop.workflow.name")),
    CUSTOMER(of(OTEL, "pentameter.customer")),
    USER(
            of(OTEL, "pentameter.user", "user.id", "enduser.id"),
            of(LANGFUSE, "langfuse.user.id"),
            of(VERCEL, "ai.telemetry.metadata.userId"),
            of(OPENLLMETRY, "traceloop.association.properties.user_id"),
            of(LANGSMITH, "langsmith.metadata.user_id")),
    SESSION(
            of(OTEL, "pentameter.session"),
            of(GENAI, "gen_ai.conversation.id"),
            of(LANGFUSE, "langfuse.session.id"),
            of(OTEL, "session.id"),
            of(VERCEL, "ai.telemetry.metadata.sessionId"),
            of(OPENLLMETRY, "traceloop.association.properties.session_id"),
            of(LANGSMITH, "langsmith.metadata.session_id", "langsmith.metadata.thread_id")),
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
            of(LANGFUSE, "langfuse.environment")),
    REGION(of(OTEL, "pentameter.region", "cloud.region")),
    RELEASE(of(OTEL, "pentameter.release"), of(LANGFUSE, "langfuse.release"), of(OTEL, "service.version")),
    SERVICE(of(OTEL, "service.name")),
    /** Whether the span stands for what the user asked once; without it, a span without a parent does. */
    REQUEST(of(OTEL, "pentameter.request")),
    TAGS(
            of(OTEL, "pentameter.tags"),
            of(OPENINFERENCE, "tag.tags"),
            of(LANGFUSE, "langfuse.trace.tags"),
            of(VERCEL, "ai.telemetry.metadata.tags"),
            of(LANGSMITH, "langsmith.span.tags")),

    /** Large and of no use: vectors, repeated headers. Taken out and not kept. */
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

    /** Names of one dialect. */
    record Source(Dialect dialect, List<String> names) {}

    /** The attributes that may fill the field, one name each, the preferred first. */
    List<Source> sources() {
        return sources;
    }

    private static Source of(Dialect dialect, String... names) {
        return new Source(dialect, List.of(names));
    }
}
