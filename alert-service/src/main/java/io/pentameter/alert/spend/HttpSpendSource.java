package io.pentameter.alert.spend;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.alert.ledger.HttpLedger;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The metrics query of aggregation-service for all tenants, asked for cost with a service token. */
@ApplicationScoped
class HttpSpendSource implements SpendSource {

    private static final String LIST = "/internal/v1/spend/by-value";
    private static final String VISIBLE_UNTIL = "Pentameter-Visible-Until";
    private static final String COST = "cost_usd";
    private static final String CALLS = "model_calls";

    private final ObjectMapper json;
    private final HttpLedger ledger;
    private final SpendConfig config;

    HttpSpendSource(ObjectMapper json, HttpLedger ledger, SpendConfig config) {
        this.json = json;
        this.ledger = ledger;
        this.config = config;
    }

    @Override
    public SpendAnswer ask(SpendQuestion question) throws IOException {
        return ledger.ask(
                new HttpLedger.Question(HttpLedger.QUERY_ALL, write(question), config.queryLimit(), config.maxAnswer()),
                answer -> read(answer.body(), question));
    }

    @Override
    public Instant list(SpendQuestion question, Listener listener) throws IOException {
        ObjectNode one = json.createObjectNode();
        one.put("tenant", question.tenants().getFirst());
        one.put("each", question.each());
        common(one, question);
        return ledger.ask(
                new HttpLedger.Question(LIST, one.toString(), config.listLimit(), config.maxList()), answer -> {
                    Instant visibleUntil = HttpLedger.visibleUntil(
                            answer.headers().firstValue(VISIBLE_UNTIL).orElse(""));
                    SpendLines.read(answer.body(), listener);
                    return visibleUntil;
                });
    }

    private String write(SpendQuestion question) {
        ObjectNode one = json.createObjectNode();
        question.tenants().forEach(one.putArray("tenants")::add);
        one.putArray("measures").add(COST).add(CALLS);
        var groupBy = one.putArray("groupBy");
        if (question.each() != null) {
            groupBy.add(question.each());
        }
        common(one, question);
        if (question.step() != null) {
            one.put("interval", question.step().toString());
        }
        one.put("orderBy", "-" + COST);
        return one.toString();
    }

    private static void common(ObjectNode one, SpendQuestion question) {
        var filters = one.putArray("filters");
        question.filters()
                .forEach((dimension, value) -> filters.addObject()
                        .put("dimension", dimension)
                        .put("op", "eq")
                        .put("value", value));
        one.put("from", question.from().toString());
        one.put("to", question.to().toString());
        one.put("limit", question.limit());
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
        return new SpendAnswer(HttpLedger.visibleUntil(visibleUntil), rows, cut);
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
