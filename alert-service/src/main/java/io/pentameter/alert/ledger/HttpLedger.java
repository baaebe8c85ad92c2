package io.pentameter.alert.ledger;

import io.pentameter.kit.token.TokenSigner;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The internal routes of aggregation-service, asked with a service token. */
@ApplicationScoped
public class HttpLedger {

    /** The metrics query of all tenants. */
    public static final String QUERY_ALL = "/internal/v1/metrics/query-all";

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final int MAX_SHOWN = 500;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final TokenSigner signer;
    private final String url;

    public HttpLedger(
            InstantSource clock,
            @ConfigProperty(name = "pentameter.aggregation.url") String url,
            @ConfigProperty(name = "pentameter.token.signing-key") String signingKey) {
        this.signer = TokenSigner.fromFile(Path.of(signingKey), clock);
        this.url = url;
    }

    /**
     * A question.
     *
     * @param body      JSON
     * @param limit     longest wait for the answer to begin
     * @param maxAnswer in bytes
     */
    public record Question(String path, String body, Duration limit, long maxAnswer) {}

    /** Makes something of an answer; the body is closed for it. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(HttpResponse<InputStream> answer) throws IOException;
    }

    /** @throws IOException if there is no answer, or another one than 200 */
    public <T> T ask(Question question, Reading<T> reading) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + question.path()))
                .timeout(question.limit())
                .header("Authorization", "Bearer " + signer.signService())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(question.body()))
                .build();
        try {
            HttpResponse<InputStream> answer =
                    client.send(request, BodyHandlers.limiting(BodyHandlers.ofInputStream(), question.maxAnswer()));
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    String text = new String(body.readNBytes(MAX_SHOWN), StandardCharsets.UTF_8);
                    throw new IOException("%s answered %d: %s".formatted(question.path(), answer.statusCode(), text));
                }
                return reading.of(answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * The moment up to which an answer is complete.
     *
     * @throws IOException if it is empty: not known yet
     */
    public static Instant visibleUntil(String text) throws IOException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IOException("up to when the numbers are complete is not known yet", e);
        }
    }
}
