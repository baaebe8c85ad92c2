package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The other tenant tries every route with every id, cursor and filter of the first: nothing is found, and nothing can be told
 * apart from what does not exist.
 */
@ExtendWith(RunningStack.Extension.class)
class IsolationStory {

    private final RunningStack stack;
    private final String word = Spans.unique("secret");
    private final Instant now = Instant.now();
    private String traceId = "";

    IsolationStory(RunningStack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void theFirstTenantHasSomeOfEverything() {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            spans.add(Spans.chat(now.minusSeconds(5 + i), Duration.ofSeconds(1))
                    .addAttributes(Spans.text("pentameter.feature", word))
                    .addAttributes(Spans.text("pentameter.customer", word))
                    .addAttributes(Spans.text("user.id", word))
                    .addAttributes(Spans.text(
                            "gen_ai.input.messages",
                            "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"" + word + "\"}]}]"))
                    .build());
        }
        assertThat(stack.ingest().export(Spans.request(spans)).status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(10)).until(() -> spans(stack.read(), "feature") == 30);
        traceId = Spans.hex(spans.getFirst().getTraceId());
    }

    @Test
    void everyIdOfTheFirstTenantIsLikeOneThatDoesNotExist() {
        Client admin = stack.admin();
        Map<String, String> made = new LinkedHashMap<>();
        made.put("/api/v1/traces/", traceId);
        made.put("/api/v1/keys/", id(admin, "/api/v1/keys", "{\"name\":\"%s\",\"scopes\":[\"read\"]}"));
        made.put("/api/v1/rules/", id(admin, "/api/v1/rules", """
                {"name":"%s","measure":"error_rate","op":">","threshold":0.5,"window":"PT5M"}"""));
        made.put("/api/v1/destinations/", id(admin, "/api/v1/destinations", """
                {"name":"%s","kind":"webhook","url":"http://127.0.0.1:9/x"}"""));
        made.put("/api/v1/judges/", id(admin, "/api/v1/judges", """
                {"name":"%s","rubric":"Is the answer helpful?","model":"gpt-4o-mini","endpoint":"http://127.0.0.1:9/v1",
                 "apiKey":"sk-not-a-key","inputUsdPerMillionTokens":"0.15","outputUsdPerMillionTokens":"0.6","dailyBudgetUsd":"1"}"""));
        for (Client other : List.of(stack.otherAdmin(), stack.otherRead())) {
            made.forEach((route, id) -> {
                String absent = absentLike(id);
                for (String method : List.of("GET", "DELETE", "PATCH", "PUT")) {
                    Answer foreign = call(other, method, route + id);
                    Answer nothing = call(other, method, route + absent);

                    assertThat(foreign.status())
                            .as(method + " " + route)
                            .isEqualTo(nothing.status())
                            .isGreaterThanOrEqualTo(400);
                    assertThat(shape(foreign.text(), id))
                            .as(method + " " + route)
                            .isEqualTo(shape(nothing.text(), absent));
                }
            });
        }
        made.forEach((route, id) ->
                assertThat(admin.get(route + id).status()).as(route).isEqualTo(200));
    }

    @Test
    void noListFilterOrGroupShowsAnythingOfTheFirstTenant() {
        for (Client other : List.of(stack.otherRead(), stack.otherAdmin())) {
            for (String path : List.of(
                    "/api/v1/traces",
                    "/api/v1/traces?feature=" + word,
                    "/api/v1/traces?customer=" + word,
                    "/api/v1/scores",
                    "/api/v1/scores?trace=" + traceId,
                    "/api/v1/accounting?from=%s&to=%s".formatted(now.minusSeconds(3600), now.plusSeconds(3600)),
                    "/api/v1/rules",
                    "/api/v1/alerts",
                    "/api/v1/destinations",
                    "/api/v1/judges",
                    "/api/v1/keys",
                    "/api/v1/members",
                    "/api/v1/audit")) {
                assertThat(other.get(path).text())
                        .as(path)
                        .doesNotContain(word)
                        .doesNotContain(stack.fact("PENTAMETER_INGEST_KEY").split("_", -1)[1]);
            }
            for (String dimension : List.of("feature", "customer", "user", "session", "model", "key", "service")) {
                assertThat(spans(other, dimension)).as(dimension).isZero();
            }
            assertThat(other.query("""
                    {"measures":["spans"],"groupBy":["feature","customer","user"],"from":"%s","to":"%s"}""".formatted(now.minusSeconds(3600), now.plusSeconds(3600)))
                            .text())
                    .doesNotContain(word);
        }
    }

    @Test
    void aCursorOfTheFirstTenantIsLikeABrokenOne() {
        JsonNode page = stack.read().get("/api/v1/traces?limit=5").json();
        String cursor = page.path("next").asText();
        assertThat(cursor).isNotBlank().isNotEqualTo("null");
        assertThat(stack.read().get("/api/v1/traces?limit=5&cursor=" + cursor).status())
                .isEqualTo(200);

        Answer foreign = stack.otherRead().get("/api/v1/traces?limit=5&cursor=" + cursor);
        Answer broken = stack.otherRead().get("/api/v1/traces?limit=5&cursor=" + "A".repeat(cursor.length()));

        assertThat(foreign.status()).isEqualTo(broken.status()).isEqualTo(400);
        assertThat(foreign.text()).doesNotContain(word);
    }

    @Test
    void noHeaderPathOrBodyChoosesTheTenant() {
        for (String header : List.of("Pentameter-Tenant", "X-Tenant-Id", "tenant", "X-Scope-OrgID")) {
            Answer answer = stack.otherRead()
                    .send(
                            "/api/v1/traces/" + traceId,
                            r -> r.header(header, "acme").GET());
            assertThat(answer.status()).as(header).isEqualTo(404);
        }
        Answer injected = stack.otherRead()
                .post("/api/v1/metrics/query", """
                {"measures":["spans"],"groupBy":[],"filters":[{"dimension":"feature","op":"eq","value":"%s' OR '1'='1"}],
                 "from":"%s","to":"%s"}""".formatted(word, now.minusSeconds(3600), now.plusSeconds(3600)));
        assertThat(injected.json().at("/totals/spans").asLong()).isZero();
        Answer asked = stack.otherRead()
                .post("/api/v1/metrics/query", """
                {"measures":["spans"],"tenant":"acme","tenants":["acme"],"groupBy":["tenant"],"from":"%s","to":"%s"}""".formatted(now.minusSeconds(3600), now.plusSeconds(3600)));
        assertThat(asked.status()).isEqualTo(400);
        assertThat(stack.otherRead()
                        .post("/internal/v1/metrics/query-all", "{}")
                        .status())
                .isEqualTo(404);
    }

    private long spans(Client client, String dimension) {
        return client.query("""
                        {"measures":["spans"],"groupBy":[],"filters":[{"dimension":"%s","op":"eq","value":"%s"}],
                         "from":"%s","to":"%s"}""".formatted(dimension, word, now.minusSeconds(3600), now.plusSeconds(3600)))
                .json()
                .at("/totals/spans")
                .asLong();
    }

    private String id(Client admin, String path, String body) {
        Answer answer = admin.post(path, body.formatted(word));
        assertThat(answer.status()).as(path + answer.text()).isEqualTo(201);
        return answer.json().get("id").asText();
    }

    private static Answer call(Client client, String method, String path) {
        return client.send(
                path,
                r -> r.header("Content-Type", "application/json")
                        .method(
                                method,
                                method.startsWith("P")
                                        ? HttpRequest.BodyPublishers.ofString("{}")
                                        : HttpRequest.BodyPublishers.noBody()));
    }

    /** An id of the same form that nobody has. */
    private static String absentLike(String id) {
        char last = id.charAt(id.length() - 1);
        return id.substring(0, id.length() - 1) + (last == '0' ? '1' : '0');
    }

    /** The answer without what must differ: the id asked for and the number of the request. */
    private static String shape(String text, String id) {
        return text.replace(id, "ID").replaceAll("\"requestId\":\"[^\"]*\"", "\"requestId\":\"\"");
    }
}
