package io.pentameter.ingest.service;

import static io.pentameter.ingest.service.Traffic.JSON;
import static io.pentameter.ingest.service.Traffic.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.ChangeRecord;
import io.pentameter.contracts.v1.OutcomeRecord;
import io.pentameter.kit.token.Scope;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(IngestEngines.class)
class FeedbackServiceTest {

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // set by the test framework
    URI service;

    @SuppressWarnings("NullAway.Init") // set before each test
    private Traffic traffic;

    @BeforeEach
    void aTenantOfItsOwn() {
        traffic = new Traffic(service);
    }

    @Test
    void feedbackBecomesAScoreOfTheTrace() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        byte[] body = "{\"traceId\":\"%s\",\"thumbs\":\"up\",\"comment\":\"thanks, bob@x.org\"}"
                .formatted(trace)
                .getBytes(StandardCharsets.UTF_8);

        HttpResponse<byte[]> answer =
                traffic.post("/api/v1/feedback", JSON, body, r -> r.header("Idempotency-Key", "k1"));

        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(202);
        assertThat(text(answer)).contains("\"id\":\"k1\"");
        assertThat(traffic.scores()).singleElement().satisfies(score -> {
            assertThat(score.getValue()).isEqualTo(1);
            assertThat(HexFormat.of().formatHex(score.getTraceId().toByteArray()))
                    .isEqualTo(trace);
            assertThat(score.getComment()).isEqualTo("thanks, [email]");
        });
    }

    @Test
    void feedbackThatIsWrongIsAProblemThatNamesEachField() {
        byte[] body = "{\"traceId\":\"x\",\"rating\":9}".getBytes(StandardCharsets.UTF_8);

        HttpResponse<byte[]> answer = traffic.post("/api/v1/feedback", JSON, body);
        HttpResponse<byte[]> notJson = traffic.post("/api/v1/feedback", JSON, "{".getBytes(StandardCharsets.UTF_8));
        HttpResponse<byte[]> large = traffic.post("/api/v1/feedback", JSON, new byte[(1 << 20) + 1]);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(text(answer)).contains("/traceId").contains("/rating").contains("from 1 to 5: 9");
        assertThat(notJson.statusCode()).isEqualTo(400);
        assertThat(large.statusCode()).isEqualTo(413);
    }

    @Test
    void outcomesAndChangesAreInTheLogWhenTheyAreAnswered() {
        byte[] outcomes = """
                [{"id":"o1","name":"resolved","success":true,"value":0.1,"unit":"USD"},{"name":"x","value":"a lot"},
                 {"id":"o2","name":"resolved","success":false}]""".getBytes(StandardCharsets.UTF_8);
        byte[] deploy = "{\"kind\":\"deploy\",\"title\":\"1.3\",\"id\":\"d1\"}".getBytes(StandardCharsets.UTF_8);

        HttpResponse<byte[]> mixed = traffic.post("/api/v1/outcomes", JSON, outcomes);
        HttpResponse<byte[]> again = traffic.post("/api/v1/outcomes", JSON, outcomes);
        HttpResponse<byte[]> changed = traffic.post("/api/v1/changes", JSON, deploy);
        HttpResponse<byte[]> removed = traffic.send(HttpRequest.newBuilder(service.resolve("/api/v1/outcomes/o2"))
                .header("Authorization", "Bearer " + traffic.token(Scope.INGEST))
                .DELETE()
                .build());

        assertThat(mixed.statusCode()).as(text(mixed)).isEqualTo(207);
        assertThat(text(mixed))
                .startsWith(
                        "{\"accepted\":2,\"refused\":1,\"items\":[{\"index\":0,\"id\":\"o1\"},{\"index\":2,\"id\":\"o2\"}]")
                .contains("\"pointer\":\"/1/value\"");
        assertThat(text(again)).isEqualTo(text(mixed));
        assertThat(changed.statusCode()).as(text(changed)).isEqualTo(202);
        assertThat(text(changed)).isEqualTo("{\"id\":\"d1\"}");
        assertThat(removed.statusCode()).as(text(removed)).isEqualTo(202);
        assertThat(Traffic.log().all(Topics.OUTCOMES, OutcomeRecord.parser()))
                .filteredOn(outcome -> outcome.getTenant().equals(traffic.tenant))
                .extracting(OutcomeRecord::getOutcomeId, OutcomeRecord::getValueNanoUsd, OutcomeRecord::getIsDeleted)
                .containsExactly(
                        tuple("o1", 100_000_000L, false),
                        tuple("o2", 0L, false),
                        tuple("o1", 100_000_000L, false),
                        tuple("o2", 0L, false),
                        tuple("o2", 0L, true));
        assertThat(Traffic.log().all(Topics.CHANGES, ChangeRecord.parser()))
                .filteredOn(change -> change.getTenant().equals(traffic.tenant))
                .extracting(ChangeRecord::getKind)
                .containsExactly("deploy");
    }
}
