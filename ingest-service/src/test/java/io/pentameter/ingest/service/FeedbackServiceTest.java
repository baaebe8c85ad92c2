package io.pentameter.ingest.service;

import static io.pentameter.ingest.service.Traffic.JSON;
import static io.pentameter.ingest.service.Traffic.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
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
        HttpResponse<byte[]> large = traffic.post("/api/v1/feedback", JSON, new byte[100_000]);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(text(answer)).contains("/traceId").contains("/rating").contains("from 1 to 5: 9");
        assertThat(notJson.statusCode()).isEqualTo(400);
        assertThat(large.statusCode()).isEqualTo(413);
    }
}
