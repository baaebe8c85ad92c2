package io.pentameter.stack.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.stack.fuzz.Mutant.Sending;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgementTest {

    @Test
    void anErrorOfTheDialectIsRightAndAnyOtherIsNot() {
        String langfuse = "/api/public/ingestion";
        assertThat(fault(langfuse, 400, "{\"message\":\"no batch\",\"error\":\"Bad Request\"}"))
                .isEmpty();
        assertThat(fault(langfuse, 400, "{\"detail\":\"no batch\"}")).isEqualTo("status 400 has no message");
        assertThat(fault("/runs", 422, "{\"detail\":\"no run\"}")).isEmpty();
        assertThat(fault("/runs", 422, "oops")).isEqualTo("status 422 has no detail");
        assertThat(fault("/v1/traces", 400, "{\"code\":3,\"message\":\"no\"}")).isEmpty();
        assertThat(fault("/v1/traces", 400, "{}")).isEqualTo("status 400 is no google.rpc.Status");
        assertThat(fault("/api/v1/feedback", 400, "{\"title\":\"a\",\"status\":400,\"detail\":\"b\"}"))
                .isEmpty();
    }

    @Test
    void aServersFaultAWaitWithoutEndAndSilenceAreFindings() {
        assertThat(fault("/runs", 500, "{\"detail\":\"x\"}")).isEqualTo("status 500");
        assertThat(fault("/runs", 503, "{\"detail\":\"x\"}")).isEqualTo("status 503 without Retry-After");
        assertThat(Judgement.of(mutant("/runs"), Reply.none(Duration.ofSeconds(1))))
                .contains("closed without an answer");
        assertThat(Judgement.of(mutant("/runs"), Reply.none(Duration.ofSeconds(16))))
                .contains("no answer within 15 s");
        assertThat(fault("/runs", 202, "{}")).isEmpty();
    }

    @Test
    void bytesAreTakenAwayFromTheMiddle() {
        byte[] body = "abcdef".getBytes(StandardCharsets.UTF_8);

        assertThat(new String(Reducer.without(body, 1, 3), StandardCharsets.UTF_8))
                .isEqualTo("aef");
        assertThat(new String(Reducer.without(body, 4, 9), StandardCharsets.UTF_8))
                .isEqualTo("abcd");
        assertThat(Arrays.equals(Reducer.without(body, 0, 6), new byte[0])).isTrue();
    }

    @Test
    void theHeapIsTheSumOfItsPartsWithoutClasses() {
        assertThat(Footprint.heapKib("""
                        123:
                         DefNew     total 78656K, used 1000K [0x1, 0x2)
                          eden space 69952K,   1% used [0x1, 0x2)
                         Tenured    total 174784K, used 20000K [0x1, 0x2)
                         Metaspace       used 50000K, committed 50112K
                          class space    used 6000K, committed 6200K
                        """)).isEqualTo(21_000);
    }

    private static String fault(String path, int status, String body) {
        Reply reply = new Reply(
                status,
                Map.of("content-type", "application/json"),
                body.getBytes(StandardCharsets.UTF_8),
                Duration.ofMillis(5));
        return Judgement.of(mutant(path), reply).orElse("");
    }

    private static Mutant mutant(String path) {
        Sample sample = new Sample("s", "POST", path, "application/json", new byte[] {1});
        return new Mutant(1, sample, "bits turned", Map.of(), new byte[] {1}, Sending.WHOLE);
    }
}
