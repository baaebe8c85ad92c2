package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients of other vendors send as they are; what comes in pieces is whole in the end, and whose it is stays apart. */
@ExtendWith(RunningStack.Extension.class)
class VendorsStory {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunningStack stack;

    VendorsStory(RunningStack stack) {
        this.stack = stack;
    }

    @Test
    void aLangfuseGenerationIsTheSameWhateverTheOrderAndCountedOnce() {
        String trace = UUID.randomUUID().toString();
        String feature = Spans.unique("langfuse");
        Client langfuse = langfuse(stack.fact("PENTAMETER_INGEST_KEY"));
        String update = batch(event("generation-update", """
                {"id":"g-%1$s","traceId":"%1$s","endTime":"%2$s","model":"%3$s","usageDetails":
                 {"input":56,"input_cached_tokens":64,"output":45},"output":"Done."}""".formatted(trace, Instant.now(), Spans.MODEL)));
        String create = batch(
                event("generation-create", """
                        {"id":"g-%1$s","traceId":"%1$s","name":"answer","startTime":"%2$s","input":"Do it."}""".formatted(trace, Instant.now().minusSeconds(2))),
                event("trace-create", """
                        {"id":"%s","name":"%s","userId":"u-1","sessionId":"s-1","timestamp":"%s"}""".formatted(
                                trace, feature, Instant.now().minusSeconds(3))));

        for (String body : new String[] {update, create, update, create}) {
            Answer answer = langfuse.post("/api/public/ingestion", body);
            assertThat(answer.status()).as(answer.text()).isEqualTo(207);
            assertThat(answer.json().path("errors")).as(answer.text()).isEmpty();
        }

        JsonNode found = await().atMost(PATIENCE)
                .until(
                        () -> stack.read().get("/api/v1/traces/" + hex(trace)).json(),
                        json -> json.path("spans").size() == 2
                                && json.path("outputTokens").asLong() == 45);
        assertThat(found.path("inputTokens").asLong()).isEqualTo(120);
        assertThat(found.path("costUsd").asText()).isEqualTo("0.0000402");
        assertThat(found.at("/spans/0/name").asText()).isEqualTo(feature);
        assertThat(found.at("/spans/1/dimensions/user").asText()).isEqualTo("u-1");
    }

    @Test
    void anotherTenantsIdsAreIdsLikeAnyOther() {
        String trace = UUID.randomUUID().toString();
        String word = Spans.unique("secret");
        String body = batch(event(
                "trace-create",
                "{\"id\":\"%s\",\"name\":\"NAME\",\"timestamp\":\"%s\"}".formatted(trace, Instant.now())));
        langfuse(stack.fact("PENTAMETER_INGEST_KEY")).post("/api/public/ingestion", body.replace("NAME", word));
        String path = "/api/v1/traces/" + hex(trace);
        await().atMost(PATIENCE).until(() -> stack.read().get(path).status() == 200);
        assertThat(stack.otherRead().get(path).status()).isEqualTo(404);

        langfuse(stack.fact("PENTAMETER_SECOND_INGEST_KEY"))
                .post("/api/public/ingestion", body.replace("NAME", "other"));

        await().atMost(PATIENCE).until(() -> stack.otherRead().get(path).status() == 200);
        assertThat(stack.otherRead().get(path).text()).doesNotContain(word).contains("other");
        assertThat(stack.read().get(path).text()).contains(word).doesNotContain("\"other\",\"kind");
        assertThat(stack.read().get(path).json().path("spans")).hasSize(1);
    }

    @Test
    void aWrongKeyIsRefusedInLangfusesWords() {
        Answer answer = langfuse("pm_not_a_key").post("/api/public/ingestion", batch());

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().has("message") || answer.json().has("detail"))
                .as(answer.text())
                .isTrue();
    }

    private Client langfuse(String key) {
        return Client.withBasic(stack.gateway(), "pk-lf-anything", key);
    }

    private static String hex(String uuid) {
        return uuid.replace("-", "");
    }

    private static String batch(String... events) {
        return "{\"batch\":[" + String.join(",", events) + "],\"metadata\":{}}";
    }

    private static String event(String type, String body) {
        return "{\"id\":\"%s\",\"type\":\"%s\",\"timestamp\":\"%s\",\"body\":%s}"
                .formatted(UUID.randomUUID(), type, Instant.now(), body);
    }
}
