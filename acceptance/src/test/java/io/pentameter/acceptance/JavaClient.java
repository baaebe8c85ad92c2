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
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.instrumentation.openai.v1_1.OpenAITelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
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
record JavaClient(URI gateway, String key, URI provider, String service) {

    static final String WORD = "otel-java";

    private static final String MODEL_ASKED = "gpt-4o-mini";

    /** Has the conversation and returns the id of its trace, once everything is sent. */
    String talk(String session, String user) {
        Resource resource = Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service));
        SdkTracerProvider traces = SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(gateway.resolve("/v1/traces").toString())
                                .addHeader("x-api-key", key)
                                .setCompression("gzip")
                                .build())
                        .build())
                .build();
        SdkLoggerProvider logs = SdkLoggerProvider.builder()
                .setResource(resource)
                .addLogRecordProcessor(BatchLogRecordProcessor.builder(OtlpHttpLogRecordExporter.builder()
                                .setEndpoint(gateway.resolve("/v1/logs").toString())
                                .addHeader("x-api-key", key)
                                .setCompression("gzip")
                                .build())
                        .build())
                .build();
        SdkMeterProvider metrics = SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(PeriodicMetricReader.create(OtlpHttpMetricExporter.builder()
                        .setEndpoint(gateway.resolve("/v1/metrics").toString())
                        .addHeader("x-api-key", key)
                        .setCompression("gzip")
                        .build()))
                .build();
        try (OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(traces)
                .setLoggerProvider(logs)
                .setMeterProvider(metrics)
                .build()) {
            String id = conversation(sdk, session, user);
            sent("spans", traces.forceFlush());
            sent("logs", logs.forceFlush());
            sent("metrics", metrics.forceFlush());
            return id;
        }
    }

    private static void sent(String what, CompletableResultCode result) {
        if (!result.join(10, TimeUnit.SECONDS).isSuccess()) {
            throw new AssertionError("the " + what + " were not sent");
        }
    }

    private String conversation(OpenTelemetry telemetry, String session, String user) {
        Tracer tracer = telemetry.getTracer("conversation");
        OpenAIClient client = OpenAITelemetry.builder(telemetry)
                .setCaptureMessageContent(true)
                .build()
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
