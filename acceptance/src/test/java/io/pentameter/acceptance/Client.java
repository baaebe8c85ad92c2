package io.pentameter.acceptance;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Somebody who calls the gateway with one credential. */
final class Client {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI base;
    private final String header;
    private final String credential;

    private Client(URI base, String header, String credential) {
        this.base = base;
        this.header = header;
        this.credential = credential;
    }

    static Client withKey(URI base, String key) {
        return new Client(base, "x-api-key", key);
    }

    static Client withBasic(URI base, String user, String password) {
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new Client(base, "Authorization", "Basic " + pair);
    }

    static Client withToken(URI base, String token) {
        return new Client(base, "Authorization", "Bearer " + token);
    }

    Answer get(String path) {
        return send(path, HttpRequest.Builder::GET);
    }

    Answer delete(String path) {
        return send(path, HttpRequest.Builder::DELETE);
    }

    Answer post(String path, String json) {
        return send(
                path,
                r -> r.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    Answer put(String path, String json) {
        return send(
                path, r -> r.header("Content-Type", "application/json").PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** @param json empty for no body */
    Answer call(String method, String path, String json) {
        return call(method, path, json, Map.of());
    }

    Answer call(String method, String path, String json, Map<String, String> headers) {
        return send(path, request -> {
            headers.forEach(request::header);
            return json.isEmpty()
                    ? request.method(method, HttpRequest.BodyPublishers.noBody())
                    : request.header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(json));
        });
    }

    /** Spans as protobuf, the way most SDKs send them. */
    Answer export(ExportTraceServiceRequest request) {
        return export(request.toByteArray(), "application/x-protobuf");
    }

    Answer export(byte[] body, String contentType) {
        return send(
                "/v1/traces",
                r -> r.header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Answer query(String json) {
        return post("/api/v1/metrics/query", json);
    }

    /** Any request; the credential is added. */
    Answer send(String path, UnaryOperator<HttpRequest.Builder> how) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header(header, credential);
        try {
            HttpResponse<String> answer = HTTP.send(how.apply(request).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new AssertionError("no answer from " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
