package io.pentameter.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Logs people in at the real identity provider, as the command-line client does. */
final class People {

    private People() {}

    static String token(RunningStack stack, String user, String password) {
        String form = "grant_type=password&client_id=%s&username=%s&password=%s&scope=openid"
                .formatted(encoded(stack.fact("PENTAMETER_CLI_CLIENT")), encoded(user), encoded(password));
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.fact("PENTAMETER_OIDC_TOKEN_URL")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode token = new ObjectMapper().readTree(answer.body()).get("access_token");
            if (token == null) {
                throw new AssertionError("no token for " + user + ": " + answer.body());
            }
            return token.asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
