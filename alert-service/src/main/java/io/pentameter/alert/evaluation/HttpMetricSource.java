package io.pentameter.alert.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.alert.rule.Filter;
import io.pentameter.kit.token.TokenSigner;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The metrics query of aggregation-service for all tenants, asked with a service token. */
@ApplicationScoped
class HttpMetricSource implements MetricSource {

    private static final String PATH = "/internal/v1/metrics/query-all";
    private static final long MAX_ANSWER = 64L * 1024 * 1024;

    private final HttpClient client;
    private final ObjectMapper json;
    private final TokenSigner signer;
    private final URI url;
    private final EvaluationConfig config;

    HttpMetricSource(
            ObjectMapper json,
            InstantSource clock,
            EvaluationConfig config,
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
    public MetricAnswer query(MetricQuery query) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(config.queryLimit())
                .header("Authorization", "Bearer " + signer.signService())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(write(query)))
                .build();
        try {
            HttpResponse<String> response =
                    client.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), MAX_ANSWER));
            if (response.statusCode() != 200) {
                String body = response.body();
                throw new IOException("the metrics query answered %d: %s"
                        .formatted(response.statusCode(), body.substring(0, Math.min(500, body.length()))));
            }
            return read(json.readTree(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String write(MetricQuery query) {
        ObjectNode one = json.createObjectNode();
        query.tenants().forEach(one.putArray("tenants")::add);
        query.measures().forEach(one.putArray("measures")::add);
        query.groupBy().forEach(one.putArray("groupBy")::add);
        var filters = one.putArray("filters");
        for (Filter filter : query.filters()) {
            filters.addObject()
                    .put("dimension", filter.dimension())
                    .put("op", filter.op())
                    .put("value", filter.value());
        }
        one.put("from", query.from().toString());
        one.put("to", query.to().toString());
        one.put("orderBy", "-" + query.orderBy());
        one.put("limit", query.limit());
        return one.toString();
    }

    /** The series of all tenants, the tenant in each group; an unknown dimension is null there. */
    private static MetricAnswer read(JsonNode answer) throws IOException {
        List<MetricAnswer.Series> series = new ArrayList<>();
        for (JsonNode node : answer.path("series")) {
            Map<String, String> group = new HashMap<>();
            node.path("group")
                    .properties()
                    .forEach(entry -> group.put(
                            entry.getKey(),
                            entry.getValue().isNull() ? "" : entry.getValue().asText()));
            String tenant = group.remove("tenant");
            if (tenant == null || tenant.isEmpty()) {
                throw new IOException("the metrics query answered for a tenant without a name");
            }
            series.add(new MetricAnswer.Series(tenant, group, values(node.path("totals"))));
        }
        try {
            return new MetricAnswer(Instant.parse(answer.path("visibleUntil").asText()), series);
        } catch (DateTimeException e) {
            throw new IOException("up to when the numbers are complete is not known yet", e);
        }
    }

    private static Map<String, @Nullable BigDecimal> values(JsonNode totals) throws IOException {
        Map<String, @Nullable BigDecimal> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : totals.properties()) {
            JsonNode value = entry.getValue();
            try {
                values.put(entry.getKey(), value.isNull() ? null : new BigDecimal(value.asText()));
            } catch (NumberFormatException e) {
                throw new IOException("the metrics query answered a value that is no number: " + entry.getKey(), e);
            }
        }
        return values;
    }
}
