package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page docs/reference/clients.md is made of what {@link ClientsStory} sets and of what it finds. */
class ClientsPageStory {

    private static final Path PAGE = Path.of("..", "docs", "reference", "clients.md");
    private static final Pattern TOTALS =
            Pattern.compile("calls=(\\d+) failed=(\\d+) input_tokens=(\\d+) cached_tokens=(\\d+) output_tokens=(\\d+)"
                    + " reasoning_tokens=(\\d+) cost_usd=(\\S+)");

    /** What a conversation has, and how a line of {@code expected} shows that the client told it. */
    private enum Part {
        DETAILS("cached and reasoning tokens", "in=56\\+64 out=25\\+20"),
        STREAMS("tokens of streams", "in=(72\\+128|200\\+0) "),
        TTFT("time to the first token", " ttft "),
        FAILURES("calls that failed", "failure=\\w+(?s:.*)failure=\\w+"),
        RATE_LIMIT("why they failed", "failure=rate_limit(?s:.*)failure=provider_error"),
        PROVIDER("provider", "\\[model_call\\] (request )?openai "),
        MODEL("model that answered a stream", "2024-07-18 in=(72\\+128|200\\+0|6\\+0)"),
        TREE("tree", "(?m)^  "),
        USER("end user", " user "),
        SESSION("session", " session"),
        SCORES("score", "scores helpful=1.0"),
        PAYLOAD("questions and answers", " asked answered"),
        METRICS("metrics", "(?m)^metrics ");

        private final String word;
        private final Pattern told;

        Part(String word, String told) {
            this.word = word;
            this.told = Pattern.compile(told);
        }
    }

    @Test
    void thePageIsMadeOfWhatTheStorySetsAndFinds() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("pentameter.pages"))) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE))
                .as("clients.md is stale: run this story with -Dpentameter.pages=write")
                .isEqualTo(page);
    }

    @Test
    void theLockFileNamesEveryPackageByVersionAndHashAndNoPlaceItComesFrom() throws IOException {
        JsonNode lock = new ObjectMapper()
                .readTree(Files.readString(NodeClients.PROJECT.resolve("package-lock.json")))
                .path("packages");

        lock.properties().stream().filter(entry -> !entry.getKey().isEmpty()).forEach(entry -> {
            assertThat(entry.getValue().path("version").asText())
                    .as(entry.getKey())
                    .isNotEmpty();
            assertThat(entry.getValue().path("integrity").asText())
                    .as(entry.getKey())
                    .startsWith("sha512-");
            assertThat(entry.getValue().has("resolved")).as(entry.getKey()).isFalse();
        });
        assertThat(lock.size()).isGreaterThan(100);
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Clients

                SDKs that are run, unmodified, against the started stack by `ClientsStory` in [acceptance](../../acceptance), and what it finds through
                the query API: each watches the same conversation with a provider that counts 604 + 448 cached input and 147 + 32 reasoning output
                tokens in five answers (one a stream, two around a tool), and refuses one call with 429 and one with 400. True cost: 0.0002316 USD.
                Those that can send logs and metrics do: messages in log events join their spans, histograms are shown beside what the spans say.
                Everything else is exact: tokens by class, cost, model, failures, tree, session and user; what a client does not tell stays unknown.
                Made by `ClientsPageStory`, which fails while this page is stale. The lines that are compared: `acceptance/src/test/clients/expected`.

                | client | version | what to set | what arrives | what it does not send |
                |---|---|---|---|---|
                """);
        JsonNode versions = new ObjectMapper()
                .readTree(Files.readString(NodeClients.PROJECT.resolve("package.json")))
                .path("dependencies");
        for (SdkClient client : SdkClient.values()) {
            row(
                    page,
                    client.word(),
                    versions(client, versions),
                    settings(client.settings(client.addressWord(), "KEY")));
        }
        row(
                page,
                JavaClient.WORD,
                "OpenTelemetry SDK for Java and `opentelemetry-openai-java-1.1`, versions in the parent's `pom.xml`",
                "endpoints `URL/v1/traces`, `/v1/logs`, `/v1/metrics`, header `x-api-key: KEY`");
        return page.append("""

                `URL` is the gateway's, `GRPC` its port 4317, `KEY` a key with the scope ingest. Datadog's tracer sends no key: `AGENT` is the gateway's host and a port
                of `pentameter.gateway.credential.agent-ports`, which stands for a key; with port 8126 `DD_AGENT_HOST` is enough, and on the same host nothing.

                Worth knowing:

                - Where cached tokens are not told, all input is priced as uncached: the cost shown is an upper bound, and the warning `usage_parts_not_told` says so where
                  an SDK never tells them. Others leave out zeros, so that no cached tokens are none.
                - Traceloop guesses the tokens of streams with a tokenizer of its own; its spans carry the warning `usage_may_be_estimated`.
                - OpenInference tells no tokens of streams: that call has no cost, and the coverage says so.
                - OpenInference and Traceloop make no span of a call that throws.
                - AI SDK 6 tells no HTTP status of a refused call, so that only the message can say why.
                - Helicone's logger sends each call by itself: one trace a call; the session holds them together.
                - Spans inherit user and session from ancestors, of other deliveries once they are stored. Alerts and judges, which read before, see those of the same
                  delivery only; tracers that flush in between (Datadog) help by putting them on each span: `annotationContext`, or `propagateAttributes` of Langfuse.
                """).toString();
    }

    private static void row(StringBuilder page, String client, String version, String set) throws IOException {
        String shown = Files.readString(ClientsStory.EXPECTED.resolve(client + ".txt"));
        List<String> missing = new ArrayList<>();
        for (Part part : Part.values()) {
            if (!part.told.matcher(shown).find()) {
                missing.add(part.word);
            }
        }
        Matcher totals = TOTALS.matcher(shown);
        assertThat(totals.find()).as(client).isTrue();
        String arrives = "%s calls, %s failed; tokens %s (cached %s) and %s (reasoning %s); %s USD"
                .formatted(
                        totals.group(1),
                        totals.group(2),
                        totals.group(3),
                        totals.group(4),
                        totals.group(5),
                        totals.group(6),
                        totals.group(7));
        page.append("| %s | %s | %s | %s | %s |%n"
                .formatted(client, version, set, arrives, missing.isEmpty() ? "–" : String.join(", ", missing)));
    }

    private static String versions(SdkClient client, JsonNode versions) {
        List<String> all = new ArrayList<>();
        for (String name : client.packages()) {
            assertThat(versions.has(name)).as(name).isTrue();
            all.add("`%s` %s".formatted(name, versions.path(name).asText()));
        }
        return String.join(", ", all);
    }

    private static String settings(Map<String, String> settings) {
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .map(entry -> "`%s=%s`".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(" "));
    }

    @Test
    void everyClientHasExpectationsAndNothingElseHas() throws IOException {
        List<String> words = new ArrayList<>(SdkClient.words());
        words.add(JavaClient.WORD);
        Collections.sort(words);

        try (var files = Files.list(ClientsStory.EXPECTED)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".txt", ""))
                            .sorted())
                    .containsExactlyElementsOf(words);
        }
        assertThat(Arrays.stream(SdkClient.values()).map(SdkClient::script))
                .allMatch(script -> Files.exists(NodeClients.PROJECT.resolve(script)));
    }
}
