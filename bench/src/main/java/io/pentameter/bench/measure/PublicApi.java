package io.pentameter.bench.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The stack's public API, as a client sees it. */
public final class PublicApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final URI base;
    private final String readKey;

    /** @param base URL of the gateway */
    public PublicApi(HttpClient client, URI base, String readKey) {
        this.client = client;
        this.base = base;
        this.readKey = readKey;
    }

    /** Status of a GET, with the body thrown away. */
    public int status(String path) throws IOException, InterruptedException {
        return client.send(request(path).GET().build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /**
     * Answer of a metrics query.
     *
     * @throws IOException if it is not answered with 200
     */
    public JsonNode query(String body) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                request("/api/v1/metrics/query")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("metrics query answered with " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("x-api-key", readKey);
    }
}
