package io.pentameter.ingest.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.SpanRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedTest {

    private static final SpanRecord SPAN = SpanRecord.newBuilder()
            .setSchemaVersion(3)
            .setTenant("acme")
            .setKeyId("key_1")
            .setReceivedAtUs(1_795_190_400_000_000L)
            .setTraceId(ByteString.copyFromUtf8("0123456789abcdef"))
            .setSpanId(ByteString.copyFromUtf8("01234567"))
            .setStartNs(1_795_190_399_000_000_000L)
            .setName("call")
            .build();

    @Test
    void theDigestIsThatOfTheRecordWithoutWhoBroughtItAndWhen() throws NoSuchAlgorithmException {
        for (SpanRecord span : List.of(
                SPAN,
                SPAN.toBuilder().clearKeyId().build(),
                SPAN.toBuilder().clearReceivedAtUs().build(),
                SPAN.toBuilder().clearSchemaVersion().clearTenant().build(),
                SPAN.toBuilder().setKeyId("x".repeat(300)).setReceivedAtUs(1).build())) {
            byte[] bare =
                    span.toBuilder().clearKeyId().clearReceivedAtUs().build().toByteArray();

            assertThat(Published.digest(span, span.toByteArray()))
                    .isEqualTo(ByteString.copyFrom(
                            MessageDigest.getInstance("SHA-256").digest(bare), 0, 16));
        }
    }

    @Test
    void statesComeBackAsTheyWere() {
        List<Published.State> states = List.of(
                new Published.State(SPAN.getSpanId(), Long.MIN_VALUE, SPAN.getTraceId()),
                new Published.State(ByteString.copyFromUtf8("76543210"), SPAN.getStartNs(), SPAN.getTraceId()));

        byte[] stored = Published.State.write(states);

        assertThat(stored).hasSize(64);
        assertThat(Published.State.read(stored)).isEqualTo(states);
    }
}
