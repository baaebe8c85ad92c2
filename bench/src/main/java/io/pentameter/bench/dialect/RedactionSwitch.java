package io.pentameter.bench.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes all detectors from a tenant for a while, by the settings that its admin has. Not thread-safe. */
public final class RedactionSwitch {

    private static final String PATH = "/api/v1/settings/redaction";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Until every instance has taken a change in. */
    private static final Duration UNTIL_IN_FORCE = Duration.ofSeconds(3);

    private static final List<String> DETECTORS = List.of(
            "openai_key",
            "anthropic_key",
            "aws_key",
            "gcp_key",
            "github_token",
            "slack_token",
            "stripe_key",
            "langfuse_key",
            "provider_key",
            "pentameter_key",
            "labelled_secret",
            "bearer_token",
            "private_key",
            "jwt",
            "email",
            "phone",
            "card",
            "iban",
            "ip",
            "ssn",
            "national_id");

    private final HttpClient client;
    private final URI gateway;
    private final Admin admin;
    private ObjectNode before = JSON.createObjectNode();

    /**
     * Who may change the settings, and where a token is to be had.
     *
     * @param tokens   OpenID Connect's token endpoint
     * @param clientId that may exchange a password for a token
     */
    public record Admin(URI tokens, String clientId, String user, String password) {}

    public RedactionSwitch(HttpClient client, URI gateway, Admin admin) {
        this.client = client;
        this.gateway = gateway;
        this.admin = admin;
    }

    /** Disables all detectors. */
    void off() throws IOException, InterruptedException {
        JsonNode now = JSON.readTree(send(request().GET().build(), "the settings of redaction"));
        before = JSON.createObjectNode();
        for (String field : List.of("disabled", "patterns", "names", "payloads", "pseudonyms")) {
            if (now.hasNonNull(field)) {
                before.set(field, now.get(field));
            }
        }
        ObjectNode blind = before.deepCopy();
        ArrayNode disabled = blind.putArray("disabled");
        DETECTORS.forEach(disabled::add);
        put(blind);
    }

    /** Sets what was set before {@link #off}. */
    void back() throws IOException, InterruptedException {
        put(before);
    }

    private void put(ObjectNode settings) throws IOException, InterruptedException {
        send(
                request()
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(settings.toString()))
                        .build(),
                "a change of redaction");
        Thread.sleep(UNTIL_IN_FORCE);
    }

    /** With a token of its own each time: it may live for a few minutes only. */
    private HttpRequest.Builder request() throws IOException, InterruptedException {
        return HttpRequest.newBuilder(gateway.resolve(PATH))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token());
    }

    private String token() throws IOException, InterruptedException {
        String form = Map.of(
                        "grant_type", "password",
                        "client_id", admin.clientId(),
                        "username", admin.user(),
                        "password", admin.password(),
                        "scope", "openid")
                .entrySet()
                .stream()
                .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(admin.tokens())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return JSON.readTree(send(request, "the admin's token"))
                .required("access_token")
                .asText();
    }

    private String send(HttpRequest request, String what) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("%s: status %d: %s".formatted(what, answer.statusCode(), answer.body()));
        }
        return answer.body();
    }
}
