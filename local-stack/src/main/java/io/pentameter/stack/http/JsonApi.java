package io.pentameter.stack.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Calls of one JSON API with one credential. Thread-safe. */
public final class JsonApi implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;
    private final Map<String, String> credential;

    private JsonApi(String base, Map<String, String> credential) {
        this.base = URI.create(base);
        this.credential = credential;
    }

    /** An API at {@code base}, which has no slash at its end, called by nobody in particular. */
    public static JsonApi open(String base) {
        return new JsonApi(base, Map.of());
    }

    /** The same, called by a person. */
    public static JsonApi withToken(String base, String token) {
        return new JsonApi(base, Map.of("Authorization", "Bearer " + token));
    }

    /** The same, called with an API key. */
    public static JsonApi withKey(String base, String key) {
        return new JsonApi(base, Map.of("x-api-key", key));
    }

    /** What came back: the status, and the body, which is a {@link MissingNode} if there was none. */
    public record Answer(int status, JsonNode body, Map<String, String> headers) {

        /** The body, if the status is one of those. */
        public JsonNode expect(String what, Integer... statuses) {
            if (!Set.of(statuses).contains(status)) {
                throw new IllegalStateException("%s: status %d, %s".formatted(what, status, body));
            }
            return body;
        }
    }

    /** The body of an answer that has none. */
    public static JsonNode nothing() {
        return MissingNode.getInstance();
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer post(String path, Object body) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(text(body))));
    }

    public Answer put(String path, Object body) {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(text(body))));
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** Posts a form, as token endpoints want it. */
    public Answer form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT);
        credential.forEach(request::header);
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            Map<String, String> headers = response.headers().map().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, header -> header.getValue().getFirst()));
            return new Answer(response.statusCode(), parsed(response.body()), headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private JsonNode parsed(String body) {
        if (body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return json.readTree(body);
        } catch (IOException _) {
            return json.getNodeFactory().textNode(body);
        }
    }

    private String text(Object body) {
        try {
            return body instanceof String string ? string : json.writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
