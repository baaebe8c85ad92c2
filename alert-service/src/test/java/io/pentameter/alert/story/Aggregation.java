package io.pentameter.alert.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenVerifier;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Speaks the contract of aggregation-service's query for all tenants: the test says which numbers there are and up to
 * when they are complete.
 */
public final class Aggregation implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final TokenVerifier verifier;
    private final Map<String, Map<String, Object>> numbers = new ConcurrentHashMap<>();
    private final Map<String, Map.Entry<String, Instant>> points = new ConcurrentHashMap<>();
    private final Map<String, Instant> ahead = new ConcurrentHashMap<>();
    private final List<JsonNode> questions = new CopyOnWriteArrayList<>();
    private volatile Instant visibleUntil;

    public Aggregation(int port, TokenVerifier verifier, Instant visibleUntil) {
        this.verifier = verifier;
        this.visibleUntil = visibleUntil;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/v1/metrics/query-all", this::answer);
        server.createContext("/internal/v1/spend/by-value", this::list);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** From now on the tenant has these numbers, whatever the window and the group. */
    public void numbers(String tenant, Map<String, Object> values) {
        numbers.put(tenant, Map.copyOf(values));
    }

    /** From now on every point of the tenant that begins before {@code until} has this cost. */
    public void points(String tenant, String usd, Instant until) {
        points.put(tenant, Map.entry(usd, until));
    }

    public void unknown(String tenant) {
        numbers.remove(tenant);
    }

    public Instant visibleUntil() {
        return visibleUntil;
    }

    public void visibleUntil(Instant until) {
        visibleUntil = until;
    }

    /** Of this tenant the numbers are complete up to another moment. */
    public void visibleUntil(String tenant, Instant until) {
        ahead.put(tenant, until);
    }

    /** The questions about real tenants, the oldest first. */
    public List<JsonNode> questions() {
        return List.copyOf(questions);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            verifier.verify(exchange.getRequestHeaders().getFirst("Authorization"))
                    .require(Scope.SERVICE);
            JsonNode question = JSON.readTree(exchange.getRequestBody());
            Instant until = visibleUntil(question);
            ObjectNode answer = JSON.createObjectNode().put("visibleUntil", until.toString());
            var series = answer.putArray("series");
            JsonNode query = question;
            boolean isProbe = question.path("tenants").path(0).asText().equals("-");
            if (!isProbe) {
                questions.add(question);
            }
            for (JsonNode tenant : question.path("tenants")) {
                Map<String, Object> known = numbers.get(tenant.asText());
                if (known != null) {
                    ObjectNode one = series.addObject();
                    ObjectNode group = one.putObject("group").put("tenant", tenant.asText());
                    query.path("groupBy").forEach(name -> group.put(name.asText(), "some " + name.asText()));
                    ObjectNode totals = one.putObject("totals");
                    one.putObject("coverage").put("priced", 0.5);
                    if (query.has("interval") && points.containsKey(tenant.asText())) {
                        addPoints(one, query, points.get(tenant.asText()));
                    }
                    query.path("measures")
                            .forEach(measure ->
                                    totals.set(measure.asText(), JSON.valueToTree(known.get(measure.asText()))));
                }
            }
            byte[] bytes = JSON.writeValueAsBytes(answer);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** One line, of the value that {@link #answer} gives too, half of the calls without a price. */
    private void list(HttpExchange exchange) throws IOException {
        try (exchange) {
            verifier.verify(exchange.getRequestHeaders().getFirst("Authorization"))
                    .require(Scope.SERVICE);
            JsonNode question = JSON.readTree(exchange.getRequestBody());
            questions.add(question);
            String tenant = question.path("tenant").asText();
            StringBuilder lines = new StringBuilder("\"value\",\"nano\",\"calls\",\"unpriced\"\n");
            Map<String, Object> known = numbers.get(tenant);
            if (known != null) {
                String value = "some " + question.path("each").asText();
                long calls = Long.parseLong(String.valueOf(known.getOrDefault("model_calls", 0)));
                long nano = new BigDecimal(String.valueOf(known.getOrDefault("cost_usd", "0")))
                        .movePointRight(9)
                        .longValueExact();
                lines.append("\"%s\",%d,%d,%d%n"
                        .formatted(
                                Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)),
                                nano,
                                calls,
                                Math.ceilDiv(calls, 2)));
            }
            exchange.getResponseHeaders()
                    .add(
                            "Pentameter-Visible-Until",
                            ahead.getOrDefault(tenant, visibleUntil).toString());
            byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Instant visibleUntil(JsonNode question) {
        Instant until = visibleUntil;
        for (JsonNode tenant : question.path("tenants")) {
            Instant own = ahead.getOrDefault(tenant.asText(), until);
            until = own.isAfter(until) ? own : until;
        }
        return until;
    }

    private static void addPoints(ObjectNode series, JsonNode query, Map.Entry<String, Instant> value) {
        var nodes = series.putArray("points");
        Duration step = Duration.parse(query.path("interval").asText());
        Instant to = Instant.parse(query.path("to").asText());
        Instant at = Instant.parse(query.path("from").asText());
        while (at.isBefore(to) && at.isBefore(value.getValue())) {
            nodes.addObject()
                    .put("at", at.toString())
                    .putObject("values")
                    .put("cost_usd", value.getKey())
                    .put("model_calls", 1);
            at = at.plus(step);
        }
    }
}
