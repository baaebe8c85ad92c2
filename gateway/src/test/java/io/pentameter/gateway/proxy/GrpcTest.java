package io.pentameter.gateway.proxy;

import static io.pentameter.gateway.testing.Gateway.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.pentameter.gateway.testing.Gateway;
import io.pentameter.gateway.testing.GatewayEngines;
import io.pentameter.gateway.testing.Service;
import io.pentameter.kit.token.TokenVerifier;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OTLP over gRPC: the real exporter of Java for what must go through, a bare client for what must not. */
@QuarkusTest
@WithTestResource(value = GatewayEngines.class, scope = TestResourceScope.GLOBAL)
class GrpcTest {

    private static final String TRACES = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    @Inject
    HttpGrpcPort port;

    @Inject
    TokenVerifier verifier;

    @Inject
    Vertx vertx;

    private Service service;
    private HttpClient client;

    /** How a call ended: initial metadata and trailers, names in lower case. */
    private record Ended(Map<String, String> metadata, Buffer message) {

        int code() {
            return Integer.parseInt(metadata.getOrDefault("grpc-status", "-1"));
        }

        /** The seconds of RetryInfo in the details; 0 if there is none. */
        long retryAfterSeconds() throws IOException {
            byte[] status = Base64.getDecoder().decode(metadata.getOrDefault("grpc-status-details-bin", ""));
            byte[] any = field(status, 3);
            return any.length == 0 ? 0 : number(field(field(any, 2), 1));
        }

        private static byte[] field(byte[] message, int number) throws IOException {
            CodedInputStream in = CodedInputStream.newInstance(message);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == (number << 3 | 2)) {
                    ByteString bytes = in.readBytes();
                    return bytes.toByteArray();
                }
                in.skipField(tag);
            }
            return new byte[0];
        }

        private static long number(byte[] message) throws IOException {
            CodedInputStream in = CodedInputStream.newInstance(message);
            in.readTag();
            return in.readInt64();
        }
    }

    @BeforeEach
    void start() {
        service = Service.start(Gateway.service());
        service.answers(exchange -> reply(exchange, 200, new byte[0]));
        client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    }

    @AfterEach
    void stop() {
        var _ = client.close();
        service.close();
    }

    @Test
    void theExporterOfJavaBringsTracesMetricsAndLogsWithAndWithoutGzip() {
        Gateway.Home home = Gateway.home();
        String key = key(home, "ingest");
        String endpoint = "http://127.0.0.1:" + port.port();

        for (String coding : new String[] {"none", "gzip"}) {
            SdkTracerProvider traces = SdkTracerProvider.builder()
                    .addSpanProcessor(BatchSpanProcessor.builder(OtlpGrpcSpanExporter.builder()
                                    .setEndpoint(endpoint)
                                    .setCompression(coding)
                                    .addHeader("x-api-key", key)
                                    .build())
                            .build())
                    .build();
            traces.get("test").spanBuilder("chat").startSpan().end();
            assertThat(traces.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                    .as("traces %s", coding)
                    .isTrue();
            arrived(home, "/v1/traces", coding);

            SdkLoggerProvider logs = SdkLoggerProvider.builder()
                    .addLogRecordProcessor(SimpleLogRecordProcessor.create(OtlpGrpcLogRecordExporter.builder()
                            .setEndpoint(endpoint)
                            .setCompression(coding)
                            .addHeader("authorization", "Bearer " + key)
                            .build()))
                    .build();
            logs.get("test").logRecordBuilder().setBody("a line").emit();
            assertThat(logs.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                    .as("logs %s", coding)
                    .isTrue();
            arrived(home, "/v1/logs", coding);

            SdkMeterProvider metrics = SdkMeterProvider.builder()
                    .registerMetricReader(PeriodicMetricReader.create(OtlpGrpcMetricExporter.builder()
                            .setEndpoint(endpoint)
                            .setCompression(coding)
                            .addHeader("dd-api-key", key)
                            .build()))
                    .build();
            metrics.get("test").counterBuilder("calls").build().add(1);
            assertThat(metrics.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                    .as("metrics %s", coding)
                    .isTrue();
            arrived(home, "/v1/metrics", coding);
            traces.close();
            logs.close();
            metrics.close();
        }
    }

    private void arrived(Gateway.Home home, String path, String coding) {
        Service.Arrived arrived = service.last();
        assertThat(arrived.uri()).isEqualTo(path);
        assertThat(arrived.bytes()).isPositive();
        assertThat(arrived.header("content-type")).isEqualTo("application/x-protobuf");
        assertThat(arrived.header("content-encoding")).isEqualTo(coding.equals("none") ? "" : coding);
        assertThat(verifier.verify(arrived.header("authorization")).tenant()).isEqualTo(home.tenant());
        assertThat(arrived.headers()).doesNotContainKeys("x-api-key", "dd-api-key", "grpc-encoding", "te");
    }

    /** Answers 503 once; the exporter sends again and then it is well. */
    @Test
    void theExporterSendsAgainAfterUnavailable() {
        String key = key(Gateway.home(), "ingest");
        service.answers(exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "1");
            reply(exchange, service.arrived().size() == 1 ? 503 : 200, new byte[0]);
        });

        SdkTracerProvider traces = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(OtlpGrpcSpanExporter.builder()
                        .setEndpoint("http://127.0.0.1:" + port.port())
                        .addHeader("x-api-key", key)
                        .build()))
                .build();
        traces.get("test")
                .spanBuilder("chat")
                .setAttribute(AttributeKey.longKey("n"), 1L)
                .startSpan()
                .end();

        assertThat(traces.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
        assertThat(service.arrived()).hasSize(2);
        traces.close();
    }

    @Test
    void partialSuccessPassesThroughAsItIs() throws Exception {
        byte[] partial = {10, 2, 8, 1};
        service.answers(exchange -> reply(exchange, 200, partial));

        Ended ended = call(TRACES, key(Gateway.home(), "ingest"), frame(0, new byte[] {1, 2}), Map.of());

        assertThat(ended.code()).isZero();
        assertThat(ended.message().getBytes()).containsExactly(0, 0, 0, 0, 4, 10, 2, 8, 1);
    }

    @Test
    void refusalsHaveTheCodesOfGrpc() throws Exception {
        String key = key(Gateway.home(), "ingest");
        String reader = key(Gateway.home(), "read");
        byte[] good = frame(0, new byte[] {10, 0});

        assertThat(call(TRACES, "", good, Map.of()).code()).as("no key").isEqualTo(16);
        assertThat(call(TRACES, reader, good, Map.of()).code()).as("no scope").isEqualTo(7);
        assertThat(call("/no.such.Service/Export", key, good, Map.of()).code())
                .as("no method")
                .isEqualTo(12);
        assertThat(call(TRACES, key, frame(1, new byte[] {1}), Map.of("grpc-encoding", "snappy"))
                        .code())
                .as("coding")
                .isEqualTo(12);
        assertThat(call(TRACES, key, new byte[] {0, 0}, Map.of()).code())
                .as("no whole prefix")
                .isEqualTo(3);
        assertThat(call(TRACES, key, new byte[] {0, 0, 0, 0, 9, 1}, Map.of()).code())
                .as("cut off")
                .isEqualTo(3);
        assertThat(call(TRACES, key, new byte[] {0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0}, Map.of())
                        .code())
                .as("two messages")
                .isEqualTo(3);
        Ended large = call(TRACES, key, new byte[] {0, 127, 0, 0, 0, 1}, Map.of());
        assertThat(large.code()).as("too large").isEqualTo(8);
        assertThat(large.retryAfterSeconds()).isZero();
        assertThat(service.arrived().stream().filter(one -> one.bytes() >= 0)).isEmpty();

        service.answers(exchange -> reply(exchange, 400, new byte[] {8, 3, 18, 3, 'b', 'a', 'd'}));
        Ended bad = call(TRACES, key, good, Map.of());
        assertThat(bad.code()).isEqualTo(3);
        assertThat(bad.metadata()).containsEntry("grpc-message", "bad");
    }

    @Test
    void whatIsWorthRepeatingSaysWhen() throws Exception {
        String key = key(Gateway.home(), "ingest");
        service.answers(exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "7");
            reply(exchange, 503, new byte[0]);
        });

        Ended busy = call(TRACES, key, frame(0, new byte[] {10, 0}), Map.of());
        service.close();
        Ended away = call(TRACES, key, frame(0, new byte[] {10, 0}), Map.of());

        assertThat(busy.code()).isEqualTo(14);
        assertThat(busy.retryAfterSeconds()).isEqualTo(7);
        assertThat(away.code()).isEqualTo(14);
        assertThat(away.retryAfterSeconds()).isEqualTo(2);
    }

    @Test
    void aRefusedCallDoesNotHarmTheOthersOnItsConnection() throws Exception {
        String key = key(Gateway.home(), "ingest");
        byte[] large = frame(0, new byte[8 * 1024 * 1024]);

        Ended refused = call(TRACES, "", large, Map.of());
        Ended taken = call(TRACES, key, large, Map.of());

        assertThat(refused.code()).isEqualTo(16);
        assertThat(taken.code()).isZero();
        assertThat(service.last().bytes()).isEqualTo(8 * 1024 * 1024);
    }

    @Test
    void thePublicPortTakesTheSameCallsAndThisOneNothingElse() throws Exception {
        String key = key(Gateway.home(), "ingest");

        Ended elsewhere = call(Gateway.port(), TRACES, key, frame(0, new byte[] {10, 0}), Map.of());
        HttpClientResponse answer = client.request(HttpMethod.GET, port.port(), "127.0.0.1", "/api/v1/me")
                .compose(request -> request.send())
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);

        assertThat(elsewhere.code()).isZero();
        assertThat(answer.statusCode()).isEqualTo(415);
    }

    private Ended call(String method, String key, byte[] body, Map<String, String> headers) throws Exception {
        return call(port.port(), method, key, body, headers);
    }

    private Ended call(int to, String method, String key, byte[] body, Map<String, String> headers) throws Exception {
        return client.request(HttpMethod.POST, to, "127.0.0.1", method)
                .compose(request -> {
                    request.putHeader("content-type", "application/grpc").putHeader("te", "trailers");
                    if (!key.isEmpty()) {
                        request.putHeader("x-api-key", key);
                    }
                    headers.forEach(request::putHeader);
                    var _ = request.end(Buffer.buffer(body));
                    return request.response();
                })
                .compose(response -> response.body().map(message -> ended(response, message)))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private static Ended ended(HttpClientResponse response, Buffer message) {
        assertThat(response.statusCode()).isEqualTo(200);
        Map<String, String> metadata = new HashMap<>();
        response.headers().forEach((name, value) -> metadata.put(name.toLowerCase(Locale.ROOT), value));
        response.trailers().forEach((name, value) -> metadata.put(name.toLowerCase(Locale.ROOT), value));
        return new Ended(metadata, message);
    }

    private static byte[] frame(int flag, byte[] message) {
        return Buffer.buffer()
                .appendByte((byte) flag)
                .appendInt(message.length)
                .appendBytes(message)
                .getBytes();
    }

    private static void reply(com.sun.net.httpserver.HttpExchange exchange, int status, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
