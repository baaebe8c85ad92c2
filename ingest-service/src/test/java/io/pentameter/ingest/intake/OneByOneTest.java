package io.pentameter.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.otlp.OtlpEncoding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients cut their batches as they like: what a call used and cost must not depend on it. */
class OneByOneTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "langsmith-otel/02.bin",
                "openinference-openai/01.bin",
                "otel-instrumentation-openai/01.bin",
                "otel-proto/02.bin",
                "traceloop-node/01.bin",
                "vercel-ai-4/01.bin",
                "vercel-ai-6/01.bin",
                "vercel-ai-7-legacy/01.bin"
            })
    void tokensAndDollarsAreTheSameInOneDeliveryAndInOnePerSpan(String capture) throws InvalidProtocolBufferException {
        ExportTraceServiceRequest whole = ExportTraceServiceRequest.parseFrom(Captures.body(capture));

        List<SpanRecord> together = records(whole);
        List<SpanRecord> apart = new ArrayList<>();
        single(whole).forEach(request -> apart.addAll(records(request)));

        assertThat(bills(apart)).isEqualTo(bills(together));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openinference-openai/01.bin",
                "traceloop-node/01.bin",
                "vercel-ai-6/01.bin",
                "vercel-ai-7-legacy/01.bin"
            })
    void theOrderOfSpansInADeliveryChangesNothing(String capture) throws InvalidProtocolBufferException {
        ExportTraceServiceRequest whole = ExportTraceServiceRequest.parseFrom(Captures.body(capture));
        Map<ByteString, SpanRecord> inOrder = byId(records(whole));
        List<ExportTraceServiceRequest> parts = new ArrayList<>(single(whole));

        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(parts, new Random(seed));
            ExportTraceServiceRequest.Builder shuffled = ExportTraceServiceRequest.newBuilder();
            parts.forEach(part -> shuffled.addAllResourceSpans(part.getResourceSpansList()));

            assertThat(byId(records(shuffled.build()))).as("seed %d", seed).isEqualTo(inOrder);
        }
    }

    /** A request for each span, with its resource and scope. */
    private static List<ExportTraceServiceRequest> single(ExportTraceServiceRequest whole) {
        List<ExportTraceServiceRequest> requests = new ArrayList<>();
        for (ResourceSpans resource : whole.getResourceSpansList()) {
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                for (Span span : scope.getSpansList()) {
                    requests.add(ExportTraceServiceRequest.newBuilder()
                            .addResourceSpans(resource.toBuilder()
                                    .clearScopeSpans()
                                    .addScopeSpans(
                                            scope.toBuilder().clearSpans().addSpans(span)))
                            .build());
                }
            }
        }
        return requests;
    }

    private static List<SpanRecord> records(ExportTraceServiceRequest request) {
        return Captures.parsed(
                Captures.pipeline().process(request.toByteArray(), OtlpEncoding.PROTOBUF, Captures.ACME, Captures.NOW));
    }

    private static Map<ByteString, SpanRecord> byId(List<SpanRecord> spans) {
        return spans.stream().collect(Collectors.toMap(SpanRecord::getSpanId, span -> span));
    }

    private static Map<ByteString, String> bills(List<SpanRecord> spans) {
        return spans.stream()
                .collect(Collectors.toMap(SpanRecord::getSpanId, span -> span.getUsage() + " " + span.getCost()));
    }
}
