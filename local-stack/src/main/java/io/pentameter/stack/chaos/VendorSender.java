package io.pentameter.stack.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.stack.otlp.SpanSender.Fate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends what vendors' clients send, once; thread-safe. */
final class VendorSender implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String gateway;
    private final String key;

    VendorSender(String gateway, String key) {
        this.gateway = gateway;
        this.key = key;
    }

    Fate send(Vendor vendor, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(gateway + vendor.path()))
                .header("Content-Type", "application/json")
                .header(vendor.credentialHeader(), vendor.credential(key))
                .timeout(LIMIT)
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return fate(vendor, client.send(request, BodyHandlers.ofString()));
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

    private static Fate fate(Vendor vendor, HttpResponse<String> response) throws IOException {
        int status = response.statusCode();
        if (status == vendor.taken()) {
            return new Fate.Accepted(Vendor.refused(JSON.readTree(response.body())));
        }
        return switch (status) {
            case 429, 502, 503, 504 -> new Fate.Retry("status " + status);
            default -> new Fate.Refused(status, response.body());
        };
    }
}
