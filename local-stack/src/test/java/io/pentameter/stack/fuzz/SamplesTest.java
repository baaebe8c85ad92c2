package io.pentameter.stack.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final Instant NOW = Instant.parse("2027-03-01T14:00:00Z");

    @Test
    void timesAreThoseOfTheDayOfTheRun() throws InvalidProtocolBufferException {
        for (Sample sample : Samples.at(NOW)) {
            if (sample.path().equals("/v1/traces") && sample.contentType().endsWith("protobuf")) {
                Span span = ExportTraceServiceRequest.parseFrom(sample.body())
                        .getResourceSpans(0)
                        .getScopeSpans(0)
                        .getSpans(0);
                Instant start = Instant.EPOCH.plusNanos(span.getStartTimeUnixNano());
                assertThat(Duration.between(start, NOW)).isBetween(Duration.ZERO, Duration.ofDays(2));
                assertThat(span.getEndTimeUnixNano()).isGreaterThanOrEqualTo(span.getStartTimeUnixNano());
            } else if (sample.isJson()) {
                assertThat(new String(sample.body(), StandardCharsets.UTF_8))
                        .as(sample.name())
                        .doesNotContain("2026-11-20T")
                        .doesNotContainPattern("17951[78]\\d{8}");
            }
        }
    }

    @Test
    void idsAreFreshAndThoseThatWereTheSameStayTheSame() throws InvalidProtocolBufferException {
        for (Sample sample : Samples.at(NOW)) {
            if (sample.path().equals("/v1/traces") && sample.contentType().endsWith("protobuf")) {
                List<Span> before = spans(sample.body());
                List<Span> after = spans(FreshIds.of(sample, 5));
                assertThat(after).hasSameSizeAs(before).doesNotContainAnyElementsOf(before);
                assertThat(after.stream().map(Span::getTraceId).distinct())
                        .hasSameSizeAs(
                                before.stream().map(Span::getTraceId).distinct().toList());
                assertThat(after.stream().map(Span::getName).toList())
                        .isEqualTo(before.stream().map(Span::getName).toList());
            }
        }
        Sample text = new Sample(
                "s",
                "POST",
                "/x",
                "application/json",
                "{\"a\":\"0af7651916cd43dd8448eb211c80319c\",\"b\":\"0af7651916cd43dd8448eb211c80319c\",\"c\":17951800}"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(new String(FreshIds.of(text, 1), StandardCharsets.UTF_8))
                .matches("\\{\"a\":\"(0af7651916cd43dd8448eb211c[0-9a-f]{6})\",\"b\":\"\\1\",\"c\":17951800}")
                .doesNotContain("0af7651916cd43dd8448eb211c80319c");
    }

    private static List<Span> spans(byte[] body) throws InvalidProtocolBufferException {
        return ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }
}
