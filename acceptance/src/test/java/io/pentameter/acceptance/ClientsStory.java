package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The SDKs that people use, unmodified, watch one conversation with a provider ({@link OpenAiProvider}); then the query API
 * shows exactly what each of them told.
 *
 * <p>What the provider counted, and what it costs at 0.15, 0.075 (cached) and 0.60 USD per million tokens of gpt-4o-mini:
 *
 * <pre>
 * case     uncached cached  text reasoning       nano-USD
 * plain          56     64    25        20         40,200
 * stream         72    128    48        12         56,400
 * tools         310      0    25         0         61,500
 * after          89    256    38         0         55,350
 * limited        77      0    11         0         18,150 after one 429
 * bad                                              nothing: 400
 * all           604    448   147        32        231,600
 * </pre>
 */
@ExtendWith(RunningStack.Extension.class)
class ClientsStory {

    static final Path EXPECTED = NodeClients.PROJECT.resolve("expected");

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningStack stack;

    ClientsStory(RunningStack stack) {
        this.stack = stack;
    }

    /** One run of a client: what it was told, and the traces it says it made; none if it cannot know. */
    private record Run(String session, String user, String service, List<String> traceIds, Instant began) {}

    @TestFactory
    List<DynamicTest> whatAClientTellsIsShownExactly() throws IOException, InterruptedException {
        NodeClients node = NodeClients.installed();
        Map<String, Run> runs = new LinkedHashMap<>();
        try (OpenAiProvider provider = OpenAiProvider.start()) {
            for (SdkClient client : SdkClient.values()) {
                runs.put(client.word(), run(client, node, provider));
            }
            runs.put(JavaClient.WORD, runJava(provider));
        }
        List<DynamicTest> tests = new ArrayList<>();
        runs.forEach((word, run) -> tests.add(dynamicTest(word, () -> showsWhatArrived(word, run))));
        return tests;
    }

    private void showsWhatArrived(String word, Run run) throws IOException {
        Path file = EXPECTED.resolve(word + ".txt");
        if ("write".equals(System.getProperty("pentameter.pages"))) {
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            Files.writeString(file, shown(run));
        }
        String expected = Files.readString(file);

        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(shown(run)).as(word).isEqualTo(expected));

        for (JsonNode trace : traces(run)) {
            trace.path("spans").forEach(span -> timesArePlausible(word, span));
        }
        ClientMetrics.durationsAgree(stack.read(), run.service(), run.began());
    }

    private String shown(Run run) {
        List<JsonNode> traces = traces(run);
        return new Conversation(run.user(), run.session()).tree(traces)
                + Conversation.scores(traces)
                + Conversation.totals(totals(run))
                + ClientMetrics.of(stack.read(), run.service(), run.began());
    }

    private static void timesArePlausible(String client, JsonNode span) {
        if (!span.path("kind").asText().equals("model_call")) {
            return;
        }
        double seconds = span.path("durationSeconds").asDouble();
        String what = client + ": " + span;
        assertThat(seconds).as(what).isBetween(seconds(OpenAiProvider.FIRST), seconds(LONGEST_CALL));
        if (span.has("ttftSeconds")) {
            assertThat(span.path("ttftSeconds").asDouble())
                    .as(what)
                    .isBetween(seconds(OpenAiProvider.FIRST), seconds - seconds(OpenAiProvider.STREAMING) / 10);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private List<JsonNode> traces(Run run) {
        List<String> ids = run.traceIds();
        if (ids.isEmpty()) {
            ids = new ArrayList<>();
            for (JsonNode trace : stack.read()
                    .get("/api/v1/traces?session=" + run.session())
                    .json()
                    .path("traces")) {
                ids.add(trace.path("traceId").asText());
            }
        }
        return ids.stream()
                .map(id -> stack.read().get("/api/v1/traces/" + id).json())
                .sorted(Comparator.comparing(trace -> trace.path("start").asText()))
                .toList();
    }

    private JsonNode totals(Run run) {
        return stack.read()
                .query("""
                        {"measures":["requests","model_calls","model_call_errors","input_tokens","cached_tokens","output_tokens",
                          "reasoning_tokens","cost_usd"],
                         "filters":[{"dimension":"session","op":"eq","value":"%s"}],"from":"%s","to":"%s"}""".formatted(
                        run.session(), run.began().minusSeconds(60), run.began().plusSeconds(600)))
                .json();
    }

    private Run run(SdkClient client, NodeClients node, OpenAiProvider provider)
            throws IOException, InterruptedException {
        Instant began = Instant.now();
        String session = Spans.unique("session");
        String user = Spans.unique("user");
        String service = Spans.unique("shop");
        String key = stack.fact("PENTAMETER_INGEST_KEY");
        String url = stack.fact(client.addressFact());
        Map<String, String> environment = new HashMap<>(Map.of(
                "PROVIDER_URL",
                provider.url().toString(),
                "RUN",
                client.word(),
                "SESSION",
                session,
                "END_USER",
                user,
                "OTEL_SERVICE_NAME",
                service,
                "OTEL_METRICS_EXPORTER",
                "none",
                "OTEL_LOGS_EXPORTER",
                "none",
                "TRACELOOP_TELEMETRY",
                "false"));
        environment.putAll(client.settings(url, key));
        return new Run(session, user, service, traceIds(node.run(client.script(), environment)), began);
    }

    private Run runJava(OpenAiProvider provider) {
        Instant began = Instant.now();
        String session = Spans.unique("session");
        String user = Spans.unique("user");
        String service = Spans.unique("shop");
        JavaClient client =
                new JavaClient(stack.gateway(), stack.fact("PENTAMETER_INGEST_KEY"), provider.url(), service);
        return new Run(session, user, service, List.of(client.talk(session, user)), began);
    }

    private static List<String> traceIds(String said) throws IOException {
        for (String line : said.lines().toList()) {
            if (line.startsWith("TRACES ")) {
                return List.of(JSON.readValue(line.substring("TRACES ".length()), String[].class));
            }
        }
        throw new AssertionError("the client names no traces: " + said);
    }
}
