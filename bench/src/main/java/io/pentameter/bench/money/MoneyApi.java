package io.pentameter.bench.money;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The public API for whoever asks for money, with one credential. */
public final class MoneyApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final URI base;
    private final Supplier<Map.Entry<String, String>> credential;

    /**
     * The API at an address.
     *
     * @param base       URL of the gateway
     * @param credential name and value of a header, asked for with each request
     */
    public MoneyApi(HttpClient client, URI base, Supplier<Map.Entry<String, String>> credential) {
        this.client = client;
        this.base = base;
        this.credential = credential;
    }

    /** A bearer token of a person, from the identity provider. */
    public static String token(HttpClient client, URI url, String clientId, String user, String password)
            throws IOException, InterruptedException {
        String form = Map.of("grant_type", "password", "client_id", clientId, "username", user, "password", password)
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(url)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(answer.body()).path("access_token").asText();
    }

    /** @throws IOException if the answer is not one of 200 to 299 */
    public JsonNode post(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** @throws IOException if the answer is not one of 200 to 299 */
    public void put(String path, String body) throws IOException, InterruptedException {
        send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    /** @throws IOException if the answer is not one of 200 to 299 */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return send(request(path).GET().build());
    }

    /** @throws IOException if the answer is not one of 200 to 299 */
    public void delete(String path) throws IOException, InterruptedException {
        send(request(path).DELETE().build());
    }

    private HttpRequest.Builder request(String path) {
        Map.Entry<String, String> header = credential.get();
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header(header.getKey(), header.getValue());
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("%s answered %d: %s".formatted(request.uri(), answer.statusCode(), answer.body()));
        }
        return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    }
}
