package io.pentameter.ingest.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.IntakeRecord;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.ConfigProvider;

/** A tenant of its own that sends to the service under test, and what the log has of it. */
final class Traffic {

    static final String PROTOBUF = "application/x-protobuf";
    static final String JSON = "application/json";

    final URI service;
    final String tenant = "tenant-" + UUID.randomUUID();
    private final HttpClient client = HttpClient.newHttpClient();

    Traffic(URI service) {
        this.service = service;
    }

    static Log log() {
        return new Log(ConfigProvider.getConfig().getValue("pentameter.kafka.bootstrap", String.class));
    }

    HttpResponse<byte[]> post(String path, String type, byte[] body) {
        return post(path, type, body, r -> r);
    }

    HttpResponse<byte[]> post(String path, String type, byte[] body, UnaryOperator<HttpRequest.Builder> more) {
        return send(more.apply(started(path, type, body)
                        .header("Authorization", "Bearer " + token(Scope.INGEST))
                        .header("Pentameter-Request-Id", "req-1"))
                .build());
    }

    HttpRequest.Builder started(String path, String type, byte[] body) {
        return HttpRequest.newBuilder(service.resolve(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    HttpResponse<byte[]> get(String path) {
        return send(HttpRequest.newBuilder(service.resolve(path)).build());
    }

    HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    String token(Scope scope) {
        String key = ConfigProvider.getConfig().getValue("test.signing-key", String.class);
        return TokenSigner.fromFile(Path.of(key), InstantSource.system())
                .sign(new Caller("gateway", "key_1", tenant, Set.of(scope), Set.of(), "key_1", "test"));
    }

    List<SpanRecord> spans() {
        return all(Topics.SPANS, SpanRecord.parser(), span -> span.getTenant().equals(tenant));
    }

    List<ScoreRecord> scores() {
        return all(
                Topics.SCORES, ScoreRecord.parser(), score -> score.getTenant().equals(tenant));
    }

    List<IntakeRecord> accounting() {
        return all(
                Topics.ACCOUNTING,
                IntakeRecord.parser(),
                intake -> intake.getTenant().equals(tenant));
    }

    <T extends Message> List<T> all(Topics topic, Parser<T> parser, Predicate<T> mine) {
        return log().all(topic, parser).stream().filter(mine).toList();
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    static Span.Builder span() {
        long now = System.currentTimeMillis() * 1_000_000;
        byte[] id = HexFormat.of().parseHex(UUID.randomUUID().toString().replace("-", ""));
        return Span.newBuilder()
                .setTraceId(ByteString.copyFrom(id))
                .setSpanId(ByteString.copyFrom(id, 0, 8))
                .setName("chat")
                .setStartTimeUnixNano(now - 1_000_000_000)
                .setEndTimeUnixNano(now)
                .addAttributes(text("gen_ai.operation.name", "chat"))
                .addAttributes(text("gen_ai.provider.name", "openai"))
                .addAttributes(text("gen_ai.request.model", "gpt-4o-mini"))
                .addAttributes(whole("gen_ai.usage.input_tokens", 120))
                .addAttributes(whole("gen_ai.usage.output_tokens", 45));
    }

    static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    static KeyValue whole(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }

    static ExportTraceServiceRequest request(Span.Builder... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Span.Builder span : spans) {
            scope.addSpans(span);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
                .build();
    }
}
