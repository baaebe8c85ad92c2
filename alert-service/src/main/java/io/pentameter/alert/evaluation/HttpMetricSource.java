package io.pentameter.alert.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.alert.ledger.HttpLedger;
import io.pentameter.alert.rule.Filter;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metrics query of aggregation-service for all tenants, asked with a service token. */
@ApplicationScoped
class HttpMetricSource implements MetricSource {

    private static final long MAX_ANSWER = 64L * 1024 * 1024;

    private final ObjectMapper json;
    private final HttpLedger ledger;
    private final EvaluationConfig config;

    HttpMetricSource(ObjectMapper json, HttpLedger ledger, EvaluationConfig config) {
        this.json = json;
        this.ledger = ledger;
        this.config = config;
    }

    @Override
    public MetricAnswer query(MetricQuery query) throws IOException {
        return ledger.ask(
                new HttpLedger.Question(HttpLedger.QUERY_ALL, write(query), config.queryLimit(), MAX_ANSWER),
                answer -> read(json.readTree(answer.body())));
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
        return new MetricAnswer(
                HttpLedger.visibleUntil(answer.path("visibleUntil").asText()), series);
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
