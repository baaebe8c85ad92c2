package io.pentameter.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpanBatchTest {

    private static final long END = 1_795_000_000_000_000_000L;

    @Test
    void aRenewedRequestDecodesToTracesWithOneRootEach() throws InvalidProtocolBufferException {
        SpanBatch batch = SpanBatch.of(20, 7);

        List<Span> spans = decode(batch.renewed(new SplittableRandom(1), END));

        assertThat(spans).hasSize(batch.spans()).hasSize(100);
        spans.stream().collect(Collectors.groupingBy(Span::getTraceId)).forEach((_, trace) -> {
            Span root = trace.stream()
                    .filter(s -> s.getParentSpanId().isEmpty())
                    .findFirst()
                    .orElseThrow();
            assertThat(trace).hasSize(SpanBatch.CALLS_PER_TRACE + 1);
            assertThat(trace)
                    .filteredOn(s -> !s.getParentSpanId().isEmpty())
                    .allMatch(s -> s.getParentSpanId().equals(root.getSpanId()));
        });
    }

    @Test
    void noIdIsSentTwiceAndTimesLieBeforeTheEnd() throws InvalidProtocolBufferException {
        SpanBatch batch = SpanBatch.of(20, 7);
        SplittableRandom random = new SplittableRandom(1);

        List<Span> first = decode(batch.renewed(random, END));
        List<Span> second = decode(batch.renewed(random, END));

        List<ByteString> ids = Stream.concat(first.stream(), second.stream())
                .map(Span::getSpanId)
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(first).allSatisfy(span -> {
            assertThat(span.getStartTimeUnixNano()).isLessThan(span.getEndTimeUnixNano());
            assertThat(span.getEndTimeUnixNano()).isBetween(END - 4_000_000_000L, END);
        });
    }

    @Test
    void aModelCallHasAboutSixHundredBytes() throws InvalidProtocolBufferException {
        SpanBatch batch = SpanBatch.of(20, 7);

        double mean = decode(batch.renewed(new SplittableRandom(1), END)).stream()
                .filter(s -> !s.getParentSpanId().isEmpty())
                .mapToInt(Span::getSerializedSize)
                .average()
                .orElseThrow();

        assertThat(mean).isBetween(550.0, 800.0);
    }

    private static List<Span> decode(byte[] bytes) throws InvalidProtocolBufferException {
        return ExportTraceServiceRequest.parseFrom(bytes)
                .getResourceSpans(0)
                .getScopeSpans(0)
                .getSpansList();
    }
}
