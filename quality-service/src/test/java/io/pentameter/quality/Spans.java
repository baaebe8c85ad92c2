package io.pentameter.quality;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Spans for tests. */
public final class Spans {

    /** When they were received, 2026-11-21T12:00:00Z in microseconds. */
    public static final long NOON = 1_795_262_400_000_000L;

    private Spans() {}

    /** A model call with an answer; the number decides its trace and span id. */
    public static SpanRecord.Builder answer(String tenant, long number, String answer) {
        return SpanRecord.newBuilder()
                .setSchemaVersion(1)
                .setTenant(tenant)
                .setKeyId("key_" + tenant)
                .setReceivedAtUs(NOON)
                .setTraceId(traceId(number))
                .setSpanId(ByteString.copyFrom(
                        ByteBuffer.allocate(8).putLong(number + 1).array()))
                .setStartNs(NOON * 1000)
                .setDurationNs(1_000_000)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setName("chat")
                .setOutcome(Outcome.newBuilder())
                .setDimensions(Dimensions.newBuilder()
                        .setFeature("support")
                        .setCustomer("acme")
                        .setModel("gpt-4o-mini"))
                .setCost(Cost.newBuilder().setKnown(true).setTotalNanoUsd(1_000_000))
                .setPayload(Payload.newBuilder()
                        .setInput("What is the capital of France?")
                        .setOutput(answer)
                        .setOutputSize(answer.length())
                        .setFinishReason("stop"));
    }

    /** A failed model call. */
    public static SpanRecord.Builder failed(String tenant, long number) {
        return answer(tenant, number, "")
                .setOutcome(Outcome.newBuilder().setError(true).setFailure("timeout"));
    }

    /** So many answers of as many traces. */
    public static List<SpanRecord> answers(String tenant, int count, Instant receivedAt) {
        return IntStream.range(0, count)
                .mapToObj(number -> answer(tenant, number, "The capital of France is Paris.")
                        .setReceivedAtUs(receivedAt.toEpochMilli() * 1000)
                        .build())
                .toList();
    }

    public static ByteString traceId(long number) {
        return ByteString.copyFrom(ByteBuffer.allocate(16)
                .putLong(0x5eed5eedL)
                .putLong(number * 0x9E3779B97F4A7C15L)
                .array());
    }
}
