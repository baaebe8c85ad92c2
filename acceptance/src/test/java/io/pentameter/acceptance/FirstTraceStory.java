package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A developer points the OpenTelemetry SDK at the gateway and sees the first trace, priced, within seconds. */
@ExtendWith(RunningStack.Extension.class)
class FirstTraceStory {

    private final RunningStack stack;

    FirstTraceStory(RunningStack stack) {
        this.stack = stack;
    }

    @Test
    void aTraceOfTheOpenTelemetrySdkIsVisibleWithExactTokensCostAndTree() {
        Instant start = Instant.now().minusSeconds(10);
        String feature = Spans.unique("first-trace");

        String traceId = sendWithTheSdk(feature, start);

        JsonNode trace = await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> stack.read().get("/api/v1/traces/" + traceId),
                        answer -> answer.status() == 200
                                && answer.json().get("spans").size() == 2)
                .json();
        assertThat(trace.get("spans")).hasSize(2);
        JsonNode totals = stack.read().query(allOf(feature, start)).json().get("totals");
        assertThat(totals.get("requests").asLong()).isEqualTo(1);
        assertThat(totals.get("spans").asLong()).isEqualTo(2);
        assertThat(totals.get("model_calls").asLong()).isEqualTo(1);
        assertThat(totals.get("errors").asLong()).isZero();
        assertThat(totals.get("input_tokens").asLong()).isEqualTo(120);
        assertThat(totals.get("output_tokens").asLong()).isEqualTo(45);
        // 56 x 150 + 64 x 75 + 45 x 600 nano-dollars
        assertThat(totals.get("cost_usd").asText()).isEqualTo("0.0000402");
        assertThat(totals.get("model_latency_p50").asDouble()).isBetween(0.99 * 1.2, 1.01 * 1.2);
        assertThat(totals.get("latency_p95").asDouble()).isBetween(0.99 * 1.5, 1.01 * 1.5);
    }

    @Test
    void theOtherTenantSeesNothingOfIt() {
        Instant start = Instant.now().minusSeconds(10);
        String feature = Spans.unique("private");
        String traceId = sendWithTheSdk(feature, start);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> stack.read().get("/api/v1/traces/" + traceId).status() == 200);

        Answer foreign = stack.otherRead().get("/api/v1/traces/" + traceId);
        Answer absent = stack.otherRead().get("/api/v1/traces/" + "0123456789abcdef0123456789abcdef");

        assertThat(foreign.status()).isEqualTo(404).isEqualTo(absent.status());
        assertThat(stack.otherRead()
                        .query(allOf(feature, start))
                        .json()
                        .at("/totals/spans")
                        .asLong())
                .isZero();
    }

    /** Sends a request with one model call below it, closes the SDK and returns the trace id. */
    private String sendWithTheSdk(String feature, Instant start) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(stack.gateway().resolve("/v1/traces").toString())
                .addHeader("x-api-key", stack.fact("PENTAMETER_INGEST_KEY"))
                .build();
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build()) {
            Tracer tracer = provider.get("acceptance");
            Span request = tracer.spanBuilder("POST /answer")
                    .setSpanKind(SpanKind.SERVER)
                    .setStartTimestamp(start)
                    .setAttribute("pentameter.feature", feature)
                    .setAttribute("pentameter.customer", "initech")
                    .startSpan();
            Span call = tracer.spanBuilder("chat gpt-4o-mini")
                    .setParent(Context.root().with(request))
                    .setSpanKind(SpanKind.CLIENT)
                    .setStartTimestamp(start.plusMillis(100))
                    .setAttribute("gen_ai.operation.name", "chat")
                    .setAttribute("gen_ai.provider.name", "openai")
                    .setAttribute("gen_ai.request.model", "gpt-4o-mini")
                    .setAttribute("gen_ai.response.model", Spans.MODEL)
                    .setAttribute("gen_ai.usage.input_tokens", 120L)
                    .setAttribute("gen_ai.usage.cache_read.input_tokens", 64L)
                    .setAttribute("gen_ai.usage.output_tokens", 45L)
                    .setAttribute(AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk"), 0.25)
                    .startSpan();
            call.end(start.plusMillis(1300));
            request.setStatus(StatusCode.OK);
            request.end(start.plusMillis(1500));
            assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess())
                    .isTrue();
            return request.getSpanContext().getTraceId();
        }
    }

    private static String allOf(String feature, Instant start) {
        return """
                {"measures":["requests","spans","model_calls","errors","input_tokens","output_tokens","cost_usd","latency_p95",
                 "model_latency_p50"],"groupBy":[],
                 "filters":[{"dimension":"feature","op":"eq","value":"%s"}],"from":"%s","to":"%s"}""".formatted(feature, start.minusSeconds(60), start.plusSeconds(600));
    }
}
