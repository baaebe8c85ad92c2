package io.pentameter.ingest.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.vendor.Mutations;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.Vendors;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatadogTest {

    @ParameterizedTest
    @ValueSource(strings = {"dd6-agent/01.json", "dd6-agentless/01.json", "ddtrace-agent/01.json"})
    void aCapturedDeliveryOfATracerIsATreeWithExactTokens(String capture) {
        List<SpanRecord> spans = Vendors.records(spans(capture));

        SpanRecord root = named(spans, "chat-request");
        SpanRecord planner = named(spans, "planner");
        assertThat(root.getIsRequest()).isTrue();
        assertThat(root.getKind()).isEqualTo(SpanKind.SPAN_KIND_WORKFLOW);
        assertThat(planner.getKind()).isEqualTo(SpanKind.SPAN_KIND_AGENT);
        assertThat(planner.getParentSpanId()).isEqualTo(root.getSpanId());
        assertThat(named(spans, "retrieve").getKind()).isEqualTo(SpanKind.SPAN_KIND_RETRIEVAL);
        assertThat(named(spans, "get_weather").getKind()).isEqualTo(SpanKind.SPAN_KIND_TOOL);
        assertThat(spans).allSatisfy(span -> {
            assertThat(span.getTraceId()).isEqualTo(root.getTraceId());
            assertThat(span.getDimensions().getSession()).isEqualTo("sess-1");
            assertThat(span.getDimensions().getUser()).isEqualTo("user-1");
            assertThat(span.getDimensions().getService()).isEqualTo("my-llm-app");
            assertThat(span.getDimensions().getEnvironment()).isEqualTo("prod");
            assertThat(span.getDimensions().getRelease()).isEqualTo("1.2.3");
        });
        assertThat(spans)
                .filteredOn(span -> span.getDimensions().getModel().equals("gpt-4o-mini-2024-07-18")
                        && span.getKind() == SpanKind.SPAN_KIND_MODEL_CALL)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(call -> {
                    assertThat(call.getUsage().getInUncached()).isEqualTo(56);
                    assertThat(call.getUsage().getInCacheRead()).isEqualTo(64);
                    assertThat(call.getUsage().getOutText()).isEqualTo(25);
                    assertThat(call.getUsage().getOutReasoning()).isEqualTo(20);
                    assertThat(call.getCost().getTotalNanoUsd()).isEqualTo(40_200);
                    assertThat(call.getDimensions().getProvider()).isEqualTo("openai");
                });
        assertThat(spans)
                .filteredOn(span -> span.getKind() == SpanKind.SPAN_KIND_EMBEDDING)
                .singleElement()
                .satisfies(call -> assertThat(call.getUsage().getInUncached()).isEqualTo(7));
        assertThat(spans)
                .filteredOn(span -> span.getOutcome().getError())
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.getOutcome().getFailure()).isEqualTo("rate_limit");
                    assertThat(call.getDimensions().getModel()).isEqualTo("gpt-rate-limited");
                });
    }

    @Test
    void idsAreTheNumbersThatTracersWrite() {
        SpanRecord root = named(Vendors.records(spans("dd6-agent/01.json")), "chat-request");

        assertThat(HexFormat.of().formatHex(root.getTraceId().toByteArray()))
                .isEqualTo("6b00480800000000267e7dbb64b4c682");
        assertThat(Long.parseUnsignedLong(
                        HexFormat.of().formatHex(root.getSpanId().toByteArray()), 16))
                .isEqualTo(6730396539877357113L);
    }

    @Test
    void anEvaluationIsAScoreOfItsSpan() {
        SpanRecord root = named(Vendors.records(spans("dd6-agent/01.json")), "chat-request");

        List<ScoreRecord> scores = new DatadogEvaluations()
                .read(Vendors.request(), Vendors.captured("dd6-agent/02.json"))
                .scores();

        assertThat(scores).hasSize(2).allSatisfy(score -> {
            assertThat(score.getTraceId()).isEqualTo(root.getTraceId());
            assertThat(score.getSpanId()).isEqualTo(root.getSpanId());
            assertThat(score.getCreatedAtUs()).isEqualTo(1_795_180_553_057_000L);
        });
        assertThat(scores.get(0).getName()).isEqualTo("helpfulness");
        assertThat(scores.get(0).getValue()).isEqualTo(0.8);
        assertThat(scores.get(1).getLabel()).isEqualTo("polite");
    }

    @Test
    void oneEventInsteadOfAnArrayIsTakenAndABrokenSpanIsNamed() {
        VendorInput input = new DatadogSpans().read(Vendors.request(), Vendors.utf8("""
                {"event_type":"span","spans":[
                 {"trace_id":"6b00480800000000267e7dbb64b4c682","span_id":"5","parent_id":"undefined","name":"a",
                  "start_ns":1795180552917015600,"duration":5,"status":"ok","meta":{"span.kind":"task"},"metrics":{}},
                 {"trace_id":"6b00480800000000267e7dbb64b4c682","span_id":"6","start_ns":"now"}]}"""));

        assertThat(input.spans()).hasSize(2);
        assertThat(input.spans().get(1).unreadable())
                .contains("start_ns and duration")
                .contains("\"now\"");
        assertThat(Vendors.records(input))
                .singleElement()
                .satisfies(span -> assertThat(span.getKind()).isEqualTo(SpanKind.SPAN_KIND_OTHER));
    }

    @Test
    void answersAreInDatadogsWords() {
        assertThat(Vendors.reply(spans("dd6-agent/01.json")).status()).isEqualTo(202);
        assertThat(Vendors.reply(spans("dd6-agent/01.json")).body()).isEqualTo("{}");
        assertThat(Vendors.reply(new DatadogEvaluations().read(Vendors.request(), Vendors.utf8("""
                {"data":{"attributes":{"metrics":[{"label":"x","join_on":{"tag":{"key":"a"}},"score_value":1}]}}}""")))
                        .body())
                .startsWith("{\"errors\":[\"evaluation x: join_on.span");
        VendorInput byTag = new DatadogEvaluations().read(Vendors.request(), Vendors.utf8("""
                {"data":{"attributes":{"metrics":[{"label":"x","join_on":{"tag":{"key":"a","value":"b"}},"score_value":1}]}}}"""));
        assertThat(byTag.scores()).isEmpty();
        assertThat(byTag.waiting())
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.name()).isEqualTo("tag:a:b"));
        assertThatThrownBy(() -> new DatadogSpans().read(Vendors.request(), Vendors.utf8("3")))
                .isInstanceOf(UndecodableException.class);
    }

    private static VendorInput spans(String capture) {
        return new DatadogSpans().read(Vendors.request(), Vendors.captured(capture));
    }

    private static SpanRecord named(List<SpanRecord> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void brokenBodiesAreRefusedInWords() {
        assertThat(Mutations.run(new DatadogSpans(), Vendors.captured("dd6-agent/01.json"), Map.of(), 1_500))
                .isBetween(300, 1_499);
        assertThat(Mutations.run(new DatadogEvaluations(), Vendors.captured("dd6-agent/02.json"), Map.of(), 500))
                .isBetween(100, 499);
    }
}
