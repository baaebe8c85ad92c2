package io.pentameter.alert.spend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.kit.token.TokenSigner;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The metrics query of aggregation-service for all tenants, asked for cost with a service token. */
@ApplicationScoped
class HttpSpendSource implements SpendSource {

    private static final String PATH = "/internal/v1/metrics/query-all";
    private static final String COST = "cost_usd";
    private static final String CALLS = "model_calls";
    private static final int MAX_SHOWN = 500;

    private final HttpClient client;
    private final ObjectMapper json;
    private final TokenSigner signer;
    private final URI url;
    private final SpendConfig config;

    HttpSpendSource(
            ObjectMapper json,
            InstantSource clock,
            SpendConfig config,
            @ConfigProperty(name = "pentameter.aggregation.url") String url,
            @ConfigProperty(name = "pentameter.token.signing-key") String signingKey) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.queryLimit())
                .build();
        this.json = json;
        this.signer = TokenSigner.fromFile(Path.of(signingKey), clock);
        this.url = URI.create(url + PATH);
        this.config = config;
    }

    @Override
    public SpendAnswer ask(SpendQuestion question) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(config.queryLimit())
                .header("Authorization", "Bearer " + signer.signService())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(write(question)))
                .build();
        try {
            HttpResponse<InputStream> response =
                    client.send(request, BodyHandlers.limiting(BodyHandlers.ofInputStream(), config.maxAnswer()));
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    String text = new String(body.readNBytes(MAX_SHOWN), StandardCharsets.UTF_8);
                    throw new IOException("the metrics query answered %d: %s".formatted(response.statusCode(), text));
                }
                return read(json.readTree(body), question);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String write(SpendQuestion question) {
        ObjectNode one = json.createObjectNode();
        question.tenants().forEach(one.putArray("tenants")::add);
        one.putArray("measures").add(COST).add(CALLS);
        var groupBy = one.putArray("groupBy");
        if (question.each() != null) {
            groupBy.add(question.each());
        }
        var filters = one.putArray("filters");
        question.filters()
                .forEach((dimension, value) -> filters.addObject()
                        .put("dimension", dimension)
                        .put("op", "eq")
                        .put("value", value));
        one.put("from", question.from().toString());
        one.put("to", question.to().toString());
        if (question.step() != null) {
            one.put("interval", question.step().toString());
        }
        one.put("orderBy", "-" + COST);
        one.put("limit", question.limit());
        return one.toString();
    }

    private static SpendAnswer read(JsonNode answer, SpendQuestion question) throws IOException {
        List<SpendAnswer.Row> rows = new ArrayList<>();
        for (JsonNode node : answer.path("series")) {
            JsonNode group = node.path("group");
            String tenant = group.path("tenant").asText("");
            if (tenant.isEmpty()) {
                throw new IOException("the metrics query answered for a tenant without a name");
            }
            JsonNode totals = node.path("totals");
            JsonNode priced = node.path("coverage").path("priced");
            rows.add(new SpendAnswer.Row(
                    tenant,
                    question.each() == null ? "" : group.path(question.each()).asText(""),
                    money(totals.path(COST)),
                    totals.path(CALLS).asLong(),
                    priced.isNumber() ? priced.asDouble() : null,
                    points(node.path("points"))));
        }
        Set<String> cut = new HashSet<>();
        answer.path("truncated").forEach(tenant -> cut.add(tenant.asText()));
        try {
            return new SpendAnswer(Instant.parse(answer.path("visibleUntil").asText()), rows, cut);
        } catch (DateTimeException e) {
            throw new IOException("up to when the numbers are complete is not known yet", e);
        }
    }

    private static Map<Instant, SpendAnswer.Point> points(JsonNode nodes) throws IOException {
        Map<Instant, SpendAnswer.Point> points = new HashMap<>();
        for (JsonNode node : nodes) {
            JsonNode values = node.path("values");
            points.put(
                    Instant.parse(node.path("at").asText()),
                    new SpendAnswer.Point(
                            money(values.path(COST)), values.path(CALLS).asLong()));
        }
        return points;
    }

    private static @Nullable BigDecimal money(JsonNode value) throws IOException {
        try {
            return value.isNull() || value.isMissingNode() ? null : new BigDecimal(value.asText());
        } catch (NumberFormatException e) {
            throw new IOException("the metrics query answered an amount that is no number", e);
        }
    }
}
