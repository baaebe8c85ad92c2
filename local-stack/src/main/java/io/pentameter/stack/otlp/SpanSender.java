package io.pentameter.stack.otlp;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends spans to a gateway as OTLP/HTTP protobuf, once; what to do with a refusal is the caller's matter. Thread-safe. */
public final class SpanSender implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI target;
    private final String key;

    public SpanSender(String gateway, String key) {
        this.target = URI.create(gateway + "/v1/traces");
        this.key = key;
    }

    /** What became of a delivery. */
    public sealed interface Fate {

        /** All spans but {@code refused} are durable. */
        record Accepted(long refused) implements Fate {}

        /** Nothing is said of the spans: they may be sent again as they are. */
        record Retry(String why) implements Fate {}

        /** They must not be sent again. */
        record Refused(int status, String body) implements Fate {}
    }

    public Fate send(ExportTraceServiceRequest spans) {
        HttpRequest request = HttpRequest.newBuilder(target)
                .header("Content-Type", "application/x-protobuf")
                .header("x-api-key", key)
                .timeout(LIMIT)
                .POST(BodyPublishers.ofByteArray(spans.toByteArray()))
                .build();
        try {
            return fate(client.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            return new Fate.Retry(e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private static Fate fate(HttpResponse<byte[]> response) throws IOException {
        return switch (response.statusCode()) {
            case 200 ->
                new Fate.Accepted(ExportTraceServiceResponse.parseFrom(response.body())
                        .getPartialSuccess()
                        .getRejectedSpans());
            case 429, 502, 503, 504 -> new Fate.Retry("status " + response.statusCode());
            default ->
                new Fate.Refused(
                        response.statusCode(), new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
        };
    }
}
