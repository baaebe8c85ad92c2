package io.pentameter.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OtlpResponseTest {

    @Test
    void fullSuccessIsTheEmptyMessage() {
        assertThat(OtlpResponse.success(OtlpEncoding.PROTOBUF)).isEmpty();
        assertThat(text(OtlpResponse.success(OtlpEncoding.JSON))).isEqualTo("{}");
    }

    @Test
    void partialSuccessIsReadByTheGeneratedClasses() throws InvalidProtocolBufferException {
        ExportTraceServiceResponse response = ExportTraceServiceResponse.parseFrom(
                OtlpResponse.partialSuccess(OtlpEncoding.PROTOBUF, OtlpSignal.TRACES, 2, "why \"so\""));

        assertThat(response.getPartialSuccess().getRejectedSpans()).isEqualTo(2);
        assertThat(response.getPartialSuccess().getErrorMessage()).isEqualTo("why \"so\"");
        assertThat(text(OtlpResponse.partialSuccess(OtlpEncoding.JSON, OtlpSignal.TRACES, 2, "why \"so\"")))
                .isEqualTo("{\"partialSuccess\":{\"rejectedSpans\":\"2\",\"errorMessage\":\"why \\\"so\\\"\"}}");
    }

    @Test
    void statusIsWrittenInBothEncodings() {
        // google.rpc.Status: code = 1, message = 2
        assertThat(OtlpResponse.status(OtlpEncoding.PROTOBUF, RpcCode.INVALID_ARGUMENT, "no"))
                .containsExactly(8, 3, 18, 2, 'n', 'o');
        assertThat(text(OtlpResponse.status(OtlpEncoding.JSON, RpcCode.UNAVAILABLE, "later")))
                .isEqualTo("{\"code\":14,\"message\":\"later\"}");
    }

    @Test
    void contentTypesAreReadWithTheirParameters() {
        assertThat(OtlpEncoding.ofContentType("application/json; charset=utf-8"))
                .isEqualTo(OtlpEncoding.JSON);
        assertThat(OtlpEncoding.ofContentType("Application/X-Protobuf")).isEqualTo(OtlpEncoding.PROTOBUF);
        assertThat(OtlpEncoding.ofContentType("text/plain")).isNull();
        assertThat(OtlpEncoding.ofContentType(null)).isNull();
    }

    @Test
    void logsAreCountedByTheirOwnName() {
        assertThat(text(OtlpResponse.partialSuccess(OtlpEncoding.JSON, OtlpSignal.LOGS, 3, "why")))
                .isEqualTo("{\"partialSuccess\":{\"rejectedLogRecords\":\"3\",\"errorMessage\":\"why\"}}");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
