package io.pentameter.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pentameter.stack.http.JsonApi;
import io.pentameter.stack.process.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a local server that prices again as it should, or not. */
class RepricingsTest {

    private static final Instant FROM = Instant.parse("2026-11-21T10:00:00Z");
    private static final Past PAST = new Past(
            "past",
            FROM,
            FROM.plusSeconds(3600),
            List.of(new Trace("g", "t", Set.of(), new Amounts(3, 1, 1, 2_000_000_002L))));

    private HttpServer server;
    private String applied = "1.000000001";
    private String calculating = "2.000000002";
    private String billed = "2.000000002";
    private int reported = 2;
    private volatile String state = "calculated";
    private volatile boolean isAsked;
    private final AtomicInteger polls = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void nothingIsFoundWhereCostsAreOneOrTheOther() {
        assertThat(run()).isEmpty();
    }

    @Test
    void anAmountInBetweenIsFound() {
        calculating = "1.5";

        assertThat(run()).anyMatch(fault -> fault.startsWith("half done: the past cost 1.5,"));
    }

    @Test
    void aRepricingThatDoesNotCountIsFound() {
        applied = "2.000000002";

        assertThat(run()).contains("applied: the past costs 2.000000002, not 1.000000001");
    }

    @Test
    void anotherBilledAmountIsFound() {
        billed = "2";

        assertThat(run()).contains("as billed, applied: the past costs 2, not 2.000000002");
    }

    @Test
    void aCalculationThatCountsBeforeItIsAppliedIsFound() {
        calculating = "1.000000001";

        assertThat(run()).contains("CALCULATING: the past cost 1.000000001");
    }

    @Test
    void aCalculationThatLacksACallIsFound() {
        reported = 1;

        assertThat(run()).anyMatch(fault -> fault.startsWith("a repricing says that it is done, and is not:"));
    }

    private List<String> run() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        Chaos.Stack stack = new Chaos.Stack(
                Map.of(
                        "PENTAMETER_URL", url,
                        "PENTAMETER_OIDC_TOKEN_URL", url + "/token",
                        "PENTAMETER_CLI_CLIENT", "cli",
                        "PENTAMETER_ADMIN_USER", "ada",
                        "PENTAMETER_ADMIN_PASSWORD", "secret"),
                List.of(),
                _ -> {},
                Duration.ZERO);
        try (JsonApi read = JsonApi.withKey(url, "key");
                Administrator administrator = new Administrator(stack, Clock.systemUTC());
                Repricings repricings = new Repricings(administrator, read, PAST)) {
            repricings.start();
            Waiting.until(
                    Duration.ofSeconds(20),
                    () -> state.equals("reverted") || !repricings.faults().isEmpty());
            repricings.end();
            return repricings.faults();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status = path.endsWith("/repricings") ? 202 : 200;
            String answer = switch (path) {
                case "/token" -> "{\"access_token\": \"t\"}";
                case "/api/v1/metrics/query" ->
                    "{\"totals\": {\"cost_usd\": \"%s\"}}".formatted(body.contains("billed") ? billed : current());
                case "/api/v1/costs/repricings" -> {
                    state = "calculating";
                    isAsked = true;
                    yield "{\"id\": \"a\"}";
                }
                case "/api/v1/costs/repricings/a/apply" -> became("applied");
                case "/api/v1/costs/repricings/a/revert" -> became("reverted");
                default -> calculated();
            };
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** For a while it is being calculated, so that the cost is looked at then. */
    private String calculated() {
        if (polls.getAndIncrement() < 20) {
            return "{\"id\": \"a\", \"state\": \"calculating\"}";
        }
        return """
                {"id": "a", "state": "calculated",
                 "report": {"total": {"spans": %d, "before": "2.000000002", "after": "1.000000001"}}}""".formatted(reported);
    }

    private String became(String now) {
        state = now;
        return "{\"state\": \"%s\"}".formatted(now);
    }

    /** Before the first order it is what was billed: else the run would not begin. */
    private String current() {
        if (!isAsked) {
            return "2.000000002";
        }
        return switch (state) {
            case "applied" -> applied;
            case "calculating" -> calculating;
            default -> "2.000000002";
        };
    }
}
