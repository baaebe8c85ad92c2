package io.pentameter.gateway.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.gateway.route.Dialect;
import io.pentameter.kit.problem.ProblemKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ErrorBodyTest {

    private static final Refusal REFUSAL =
            new Refusal(ProblemKind.LIMIT_EXCEEDED, "slow down", "limit_requests", Duration.ofMillis(1001));

    @Test
    void otlpIsAnsweredInTheEncodingOfTheRequest() {
        assertThat(text(Dialect.OTLP, "application/json; charset=utf-8"))
                .isEqualTo("application/json {\"code\":8,\"message\":\"slow down\"}");
        ErrorBody protobuf = ErrorBody.of(REFUSAL, Dialect.OTLP, "application/x-protobuf", "r1");
        assertThat(protobuf.contentType()).isEqualTo("application/x-protobuf");
        // google.rpc.Status by hand: field 1 varint 8, field 2 nine bytes
        assertThat(HexFormat.of().formatHex(protobuf.bytes()))
                .isEqualTo("08081209" + HexFormat.of().formatHex("slow down".getBytes(StandardCharsets.US_ASCII)));
        assertThat(ErrorBody.of(REFUSAL, Dialect.OTLP, null, "r1").contentType())
                .isEqualTo("application/x-protobuf");
    }

    @Test
    void eachDialectHasItsShape() {
        assertThat(text(Dialect.PROBLEM, null))
                .isEqualTo(
                        "application/problem+json {\"type\":\"urn:pentameter:problem:limit-exceeded\","
                                + "\"title\":\"A limit is exceeded\",\"status\":429,\"detail\":\"slow down\",\"requestId\":\"r1\"}");
        assertThat(text(Dialect.LANGFUSE, "text/plain"))
                .isEqualTo("application/json {\"message\":\"slow down\",\"error\":\"A limit is exceeded\"}");
        assertThat(text(Dialect.LANGSMITH, null)).isEqualTo("application/json {\"detail\":\"slow down\"}");
        assertThat(text(Dialect.DATADOG, null)).isEqualTo("application/json {\"errors\":[\"slow down\"]}");
    }

    @Test
    void everyKindHasACodeThatClientsOfOtlpKnow() {
        for (ProblemKind kind : ProblemKind.values()) {
            assertThat(RpcCode.of(kind)).as(kind.name()).isBetween(1, 16);
        }
        assertThat(RpcCode.of(ProblemKind.UNAVAILABLE)).isEqualTo(14);
    }

    @Test
    void retryAfterIsInWholeSecondsAndNeverZero() {
        assertThat(REFUSAL.retryAfterSeconds()).isEqualTo(2);
        assertThat(new Refusal(ProblemKind.TIMEOUT, "", "", Duration.ofMillis(3)).retryAfterSeconds())
                .isEqualTo(1);
        assertThat(Refusal.of(ProblemKind.NOT_FOUND, "", "").retryAfterSeconds())
                .isNull();
    }

    private static String text(Dialect dialect, @Nullable String contentType) {
        ErrorBody body = ErrorBody.of(REFUSAL, dialect, contentType, "r1");
        return body.contentType() + " " + new String(body.bytes(), StandardCharsets.UTF_8);
    }
}
