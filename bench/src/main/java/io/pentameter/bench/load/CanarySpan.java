package io.pentameter.bench.load;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Sends a trace of one span, so that it can be looked for. */
public final class CanarySpan {

    private final HttpClient client;
    private final URI target;
    private final String key;
    private final InstantSource clock;

    public CanarySpan(HttpClient client, URI target, String key, InstantSource clock) {
        this.client = client;
        this.target = target;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Sends one and returns its trace id in hex, once it is acknowledged.
     *
     * @throws IOException if it is not acknowledged
     */
    public String send(SplittableRandom random) throws IOException, InterruptedException {
        byte[] traceId = new byte[16];
        byte[] spanId = new byte[8];
        random.nextBytes(traceId);
        random.nextBytes(spanId);
        var now = clock.instant();
        long end = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        ExportTraceServiceRequest request = ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .addSpans(Span.newBuilder()
                                        .setTraceId(ByteString.copyFrom(traceId))
                                        .setSpanId(ByteString.copyFrom(spanId))
                                        .setName("canary")
                                        .setStartTimeUnixNano(end - 1_000_000)
                                        .setEndTimeUnixNano(end)
                                        .addAttributes(KeyValue.newBuilder()
                                                .setKey("pentameter.feature")
                                                .setValue(AnyValue.newBuilder().setStringValue("canary"))))))
                .build();
        HttpResponse<Void> answer = client.send(
                HttpRequest.newBuilder(target)
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/x-protobuf")
                        .header("x-api-key", key)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(request.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() != 200) {
            throw new IOException("the canary was answered with " + answer.statusCode());
        }
        return HexFormat.of().formatHex(traceId);
    }
}
