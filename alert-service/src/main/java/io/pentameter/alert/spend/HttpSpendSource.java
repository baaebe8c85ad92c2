package io.pentameter.alert.spend;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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
                return read(body, question);
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

    /** Row by row: as a tree of its own, an answer of 100,000 customers would take ten times the memory. */
    private SpendAnswer read(InputStream body, SpendQuestion question) throws IOException {
        List<SpendAnswer.Row> rows = new ArrayList<>();
        Set<String> cut = new HashSet<>();
        String visibleUntil = "";
        try (JsonParser parser = json.createParser(body)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken begin = parser.nextToken();
                if (name.equals("series")) {
                    expect(begin, JsonToken.START_ARRAY);
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        rows.add(row(json.readTree(parser), question));
                    }
                } else {
                    JsonNode value = json.readTree(parser);
                    if (name.equals("truncated")) {
                        value.forEach(tenant -> cut.add(tenant.asText()));
                    } else if (name.equals("visibleUntil")) {
                        visibleUntil = value.asText();
                    }
                }
            }
        }
        try {
            return new SpendAnswer(Instant.parse(visibleUntil), rows, cut);
        } catch (DateTimeException e) {
            throw new IOException("up to when the numbers are complete is not known yet", e);
        }
    }

    private static void expect(@Nullable JsonToken found, JsonToken wanted) throws IOException {
        if (found != wanted) {
            throw new IOException("the metrics query answered %s instead of %s".formatted(found, wanted));
        }
    }

    private static SpendAnswer.Row row(JsonNode node, SpendQuestion question) throws IOException {
        JsonNode group = node.path("group");
        String tenant = group.path("tenant").asText("");
        if (tenant.isEmpty()) {
            throw new IOException("the metrics query answered for a tenant without a name");
        }
        JsonNode totals = node.path("totals");
        JsonNode priced = node.path("coverage").path("priced");
        JsonNode value = question.each() == null ? node.path("-") : group.path(question.each());
        return new SpendAnswer.Row(
                tenant,
                value.isNull() ? "" : value.asText(""),
                money(totals.path(COST)),
                totals.path(CALLS).asLong(),
                priced.isNumber() ? priced.asDouble() : null,
                points(node.path("points")));
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
