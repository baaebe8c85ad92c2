package io.pentameter.acceptance;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.instrumentation.openai.v1_1.OpenAITelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * OpenTelemetry's Java SDK and its instrumentation of OpenAI's Java client, in the conversation of
 * {@code src/test/clients/lib/scenario.js}.
 */
record JavaClient(URI gateway, String key, URI provider) {

    static final String WORD = "otel-java";

    private static final String MODEL_ASKED = "gpt-4o-mini";

    /** Has the conversation and returns the id of its trace, once everything is sent. */
    String talk(String session, String user) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(gateway.resolve("/v1/traces").toString())
                .addHeader("x-api-key", key)
                .setCompression("gzip")
                .build();
        SdkTracerProvider traces = SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
        try (OpenTelemetrySdk sdk =
                OpenTelemetrySdk.builder().setTracerProvider(traces).build()) {
            String id = conversation(sdk, session, user);
            if (!traces.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()) {
                throw new AssertionError("the spans were not sent");
            }
            return id;
        }
    }

    private String conversation(OpenTelemetry telemetry, String session, String user) {
        Tracer tracer = telemetry.getTracer("conversation");
        OpenAIClient client = OpenAITelemetry.create(telemetry)
                .wrap(OpenAIOkHttpClient.builder()
                        .baseUrl(provider + "/v1")
                        .apiKey("sk-of-nobody")
                        .maxRetries(0)
                        .build());
        Span root = tracer.spanBuilder("conversation")
                .setAttribute("session.id", session)
                .setAttribute("user.id", user)
                .startSpan();
        try (Scope _ = root.makeCurrent()) {
            talk(client, tracer, WORD);
        } finally {
            root.end();
            client.close();
        }
        return root.getSpanContext().getTraceId();
    }

    private static void talk(OpenAIClient client, Tracer tracer, String run) {
        client.chat().completions().create(asks("plain", run).temperature(0.2).build());
        try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                .completions()
                .createStreaming(asks("stream", run)
                        .streamOptions(ChatCompletionStreamOptions.builder()
                                .includeUsage(true)
                                .build())
                        .build())) {
            stream.stream().forEach(_ -> {});
        }
        ChatCompletion asked = client.chat()
                .completions()
                .create(asks("tools", run).addFunctionTool(findOrder()).build());
        ChatCompletionMessage message = asked.choices().getFirst().message();
        Span tool = tracer.spanBuilder("execute_tool find_order")
                .setAttribute("gen_ai.operation.name", "execute_tool")
                .setAttribute("gen_ai.tool.name", "find_order")
                .startSpan();
        tool.end();
        client.chat()
                .completions()
                .create(asks("tools", run)
                        .addMessage(message)
                        .addMessage(ChatCompletionToolMessageParam.builder()
                                .toolCallId("call_4711")
                                .content("{\"state\":\"on its way\"}")
                                .build())
                        .addFunctionTool(findOrder())
                        .build());
        refused(
                429,
                () -> client.chat().completions().create(asks("limited", run).build()));
        client.chat().completions().create(asks("limited", run).build());
        refused(400, () -> client.chat().completions().create(asks("bad", run).build()));
    }

    private static ChatCompletionCreateParams.Builder asks(String word, String run) {
        return ChatCompletionCreateParams.builder()
                .model(MODEL_ASKED)
                .addUserMessage("case:%s %s".formatted(word, run));
    }

    private static FunctionDefinition findOrder() {
        return FunctionDefinition.builder()
                .name("find_order")
                .parameters(FunctionParameters.builder()
                        .putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", JsonValue.from(Map.of("number", Map.of("type", "string"))))
                        .putAdditionalProperty("required", JsonValue.from(List.of("number")))
                        .build())
                .build();
    }

    private static void refused(int status, Runnable call) {
        try {
            call.run();
        } catch (OpenAIServiceException e) {
            if (e.statusCode() == status) {
                return;
            }
            throw e;
        }
        throw new AssertionError("the provider should have answered " + status);
    }
}
