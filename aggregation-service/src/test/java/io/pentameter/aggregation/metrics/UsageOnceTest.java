package io.pentameter.aggregation.metrics;

import static io.pentameter.aggregation.metrics.EngineMetrics.LATER;
import static io.pentameter.aggregation.metrics.EngineMetrics.NOON;
import static io.pentameter.aggregation.metrics.EngineMetrics.STORE;
import static io.pentameter.aggregation.metrics.EngineMetrics.json;
import static io.pentameter.aggregation.metrics.EngineMetrics.query;
import static io.pentameter.aggregation.metrics.EngineMetrics.raw;
import static io.pentameter.aggregation.metrics.EngineMetrics.seal;
import static io.pentameter.aggregation.metrics.EngineMetrics.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.contracts.v1.Attempt;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls above calls are counted once, however a trace was cut into deliveries and in whatever order these came. */
class UsageOnceTest {

    private static final String ASKED = "\"input_tokens\",\"output_tokens\",\"cost_usd\",\"spans\",\"model_calls\"";
    private static final SpanKind[] KINDS = {
        SpanKind.SPAN_KIND_MODEL_CALL,
        SpanKind.SPAN_KIND_MODEL_CALL,
        SpanKind.SPAN_KIND_MODEL_CALL,
        SpanKind.SPAN_KIND_EMBEDDING,
        SpanKind.SPAN_KIND_OTHER,
        SpanKind.SPAN_KIND_WORKFLOW,
        SpanKind.SPAN_KIND_TOOL
    };

    @Test
    void anyTraceInAnyPiecesInAnyOrderWithAnyRepeatsIsCountedAsIfItHadComeAtOnce() {
        Random random = new Random(41);
        int cut = 0;
        for (int trial = 0; trial < 24; trial++) {
            String tenant = "once-" + trial;
            List<SpanRecord> trace = trace(tenant, random, new Spans(1000 + trial));
            Set<ByteString> repeating = repeating(trace);
            long tokens = trace.stream()
                    .filter(span -> !repeating.contains(span.getSpanId()))
                    .mapToLong(span -> span.getUsage().getInUncached())
                    .sum();
            cut += repeating.size();

            deliver(trace, random);
            if (random.nextBoolean()) {
                seal(LATER.plusSeconds(trial));
            }
            deliver(trace, random);

            assertCounts(tenant, raw(tenant, query(ASKED, "", "", "")), tokens, trace.size());
            assertCounts(tenant, sealed(tenant, query(ASKED, "\"kind\"", "", "")), tokens, trace.size());
            seal(LATER.plusSeconds(10_000 + trial));
            assertCounts(tenant, sealed(tenant, query(ASKED, "\"kind\"", "", "")), tokens, trace.size());
        }
        assertThat(cut).as("calls that repeat another").isGreaterThan(10);
    }

    @Test
    void aParentThatComesAfterItsBucketWasSealedChangesNoTotalAndAChildOfAnotherBucketUncountsIt() {
        Spans spans = new Spans(42);
        SpanRecord parent =
                call(spans, "late-parent", NOON.plusSeconds(290), 100).build();
        SpanRecord child = below(parent, call(spans, "late-parent", NOON.plusSeconds(310), 100))
                .build();
        STORE.put(List.of(parent));
        seal(LATER);
        assertThat(sealed("late-parent", query(ASKED, "", "", "")).totals()).containsEntry("input_tokens", 100L);

        STORE.put(List.of(child));

        String byKind = query(ASKED, "\"kind\"", "", "");
        assertThat(json(sealed("late-parent", byKind))).isEqualTo(json(raw("late-parent", byKind)));
        assertThat(sealed("late-parent", byKind).totals())
                .containsEntry("input_tokens", 100L)
                .containsEntry("cost_usd", "0.0000001")
                .containsEntry("model_calls", 2L);
        seal(LATER.plusSeconds(1000));
        assertThat(json(sealed("late-parent", byKind))).isEqualTo(json(raw("late-parent", byKind)));
    }

    @Test
    void aCallThatNoLongerRepeatsAnotherIsSealedAgainAfterACrashInBetween() {
        Spans spans = new Spans(47);
        SpanRecord parent = call(spans, "parted", NOON.plusSeconds(290), 100).build();
        SpanRecord child =
                below(parent, call(spans, "parted", NOON.plusSeconds(310), 100)).build();
        STORE.put(List.of(parent));
        STORE.put(List.of(child));
        seal(LATER);
        String byKind = query(ASKED, "\"kind\"", "", "");
        assertThat(sealed("parted", byKind).totals()).containsEntry("input_tokens", 100L);

        SpanRecord tool = below(
                        parent,
                        spans.request("parted", NOON.plusSeconds(310))
                                .setIsRequest(false)
                                .setKind(SpanKind.SPAN_KIND_TOOL))
                .build();
        SpanRecord byTool = child.toBuilder()
                .setParentSpanId(tool.getSpanId())
                .setReceivedAtUs(child.getReceivedAtUs() + 1)
                .build();
        STORE.putAfterACrashBefore("touched", List.of(tool, byTool));

        assertThat(raw("parted", byKind).totals()).containsEntry("input_tokens", 200L);
        assertThat(json(sealed("parted", byKind))).isEqualTo(json(raw("parted", byKind)));
        seal(LATER.plusSeconds(1000));
        assertThat(json(sealed("parted", byKind))).isEqualTo(json(raw("parted", byKind)));
    }

    @Test
    void twoAnswersAreTwoCallsAndWhatAToolCallsIsItsOwn() {
        Spans spans = new Spans(43);
        SpanRecord parent = call(spans, "own", NOON, 100).setResponseId("a").build();
        SpanRecord other =
                below(parent, call(spans, "own", NOON, 10).setResponseId("b")).build();
        SpanRecord tool = below(
                        parent, spans.request("own", NOON).setIsRequest(false).setKind(SpanKind.SPAN_KIND_TOOL))
                .build();
        SpanRecord byTool = below(tool, call(spans, "own", NOON, 1)).build();
        for (SpanRecord one : List.of(byTool, parent, tool, other)) {
            STORE.put(List.of(one));
        }

        assertThat(raw("own", query(ASKED, "", "", "")).totals()).containsEntry("input_tokens", 111L);
    }

    @Test
    void tracesThatAreNotSplitAreNotWrittenDown() {
        STORE.put(trace("whole", new Random(1), new Spans(44)).subList(0, 1));
        STORE.put(new Spans(45).any("whole", NOON, 600, 100));

        assertThat(STORE.number("SELECT count() FROM split_trace WHERE tenant = 'whole'"))
                .isZero();
    }

    @Test
    void anAttemptThatComesInALaterDeliveryHidesTheFailureBeforeItInEitherOrder() {
        for (boolean isReversed : List.of(false, true)) {
            String tenant = isReversed ? "tries-reversed" : "tries";
            Spans spans = new Spans(46);
            SpanRecord parent = spans.request(tenant, NOON).build();
            SpanRecord first = attempt(below(parent, call(spans, tenant, NOON, 7)))
                    .setOutcome(Outcome.newBuilder().setError(true).setFailure("rate_limit"))
                    .build();
            SpanRecord second = attempt(below(parent, call(spans, tenant, NOON.plusSeconds(3), 9)))
                    .build();
            List<SpanRecord> order = new ArrayList<>(List.of(first, second));
            if (isReversed) {
                Collections.reverse(order);
            }
            long receipt = parent.getReceivedAtUs();
            for (SpanRecord one : order) {
                STORE.put(List.of(one.toBuilder().setReceivedAtUs(++receipt).build()));
            }

            assertThat(raw(
                                    tenant,
                                    query(
                                            "\"attempts\",\"retried_requests\",\"hidden_failures\",\"waste_usd\"",
                                            "",
                                            "",
                                            ""))
                            .totals())
                    .containsEntry("attempts", 2L)
                    .containsEntry("retried_requests", 1L)
                    .containsEntry("hidden_failures", 1L)
                    .containsEntry("waste_usd", "0.000000007");
        }
    }

    private static void assertCounts(String tenant, MetricsAnswer answer, long tokens, int spans) {
        assertThat(answer.totals())
                .as(tenant)
                .containsEntry("input_tokens", tokens)
                .containsEntry("spans", (long) spans);
        assertThat(new BigDecimal(String.valueOf(answer.totals().get("cost_usd"))))
                .as(tenant)
                .isEqualByComparingTo(BigDecimal.valueOf(tokens, 9));
    }

    /** In deliveries of their own receipts, some of them together in one batch of the sink, some records twice. */
    private static void deliver(List<SpanRecord> trace, Random random) {
        List<SpanRecord> order = new ArrayList<>(trace);
        for (int i = random.nextInt(3); i > 0; i--) {
            order.add(trace.get(random.nextInt(trace.size())));
        }
        Collections.shuffle(order, random);
        List<SpanRecord> batch = new ArrayList<>();
        while (!order.isEmpty()) {
            List<SpanRecord> part = order.subList(0, 1 + random.nextInt(Math.min(3, order.size())));
            batch.addAll(settledByIngest(new HashSet<>(part), ++receipt));
            part.clear();
            if (random.nextInt(3) > 0 || order.isEmpty()) {
                STORE.put(batch);
                if (random.nextInt(4) == 0) {
                    STORE.put(batch); // a replay of the log
                }
                batch.clear();
            }
        }
    }

    private static long receipt = NOON.getEpochSecond() * 1_000_000;

    private static List<SpanRecord> settledByIngest(Set<SpanRecord> delivery, long receivedAtUs) {
        Set<ByteString> repeating = repeating(List.copyOf(delivery));
        List<SpanRecord> settled = new ArrayList<>();
        for (SpanRecord span : delivery) {
            SpanRecord.Builder told = span.toBuilder().setReceivedAtUs(receivedAtUs);
            if (repeating.contains(span.getSpanId())) {
                told.clearUsage().clearCost().addWarnings("usage_not_counted");
            }
            settled.add(told.build());
        }
        return settled;
    }

    /** The rule of decision 0009 in the words of ingest-service: each span knows the call above it from its parent. */
    private static Set<ByteString> repeating(List<SpanRecord> spans) {
        Map<ByteString, SpanRecord> byId = new HashMap<>();
        spans.forEach(span -> byId.put(span.getSpanId(), span));
        Set<ByteString> repeating = new HashSet<>();
        for (SpanRecord span : spans) {
            SpanRecord above = span.hasUsage() ? callAbove(span, byId) : null;
            if (above != null
                    && above.getKind() == span.getKind()
                    && (above.getResponseId().isEmpty()
                            || span.getResponseId().isEmpty()
                            || above.getResponseId().equals(span.getResponseId()))) {
                repeating.add(above.getSpanId());
            }
        }
        return repeating;
    }

    private static @Nullable SpanRecord callAbove(SpanRecord span, Map<ByteString, SpanRecord> byId) {
        SpanRecord parent = byId.get(span.getParentSpanId());
        if (parent == null || parent.hasUsage()) {
            return parent;
        }
        return parent.getKind() == SpanKind.SPAN_KIND_TOOL ? null : callAbove(parent, byId);
    }

    /** Spans of any kinds in a tree of any form, over three buckets. */
    private static List<SpanRecord> trace(String tenant, Random random, Spans spans) {
        List<SpanRecord> trace = new ArrayList<>();
        int count = 3 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            Instant start = NOON.plusSeconds(random.nextInt(900));
            SpanKind kind = KINDS[random.nextInt(KINDS.length)];
            boolean isCall = kind == SpanKind.SPAN_KIND_MODEL_CALL || kind == SpanKind.SPAN_KIND_EMBEDDING;
            SpanRecord.Builder span = isCall && random.nextInt(5) > 0
                    ? call(spans, tenant, start, 1L << random.nextInt(20)).setKind(kind)
                    : spans.request(tenant, start).setIsRequest(false).setKind(kind);
            span.setResponseId(random.nextInt(3) == 0 ? "answer-" + random.nextInt(2) : "");
            if (i > 0) {
                below(trace.get(random.nextInt(3) == 0 ? random.nextInt(i) : i - 1), span);
            }
            trace.add(span.build());
        }
        return trace;
    }

    private static SpanRecord.Builder below(SpanRecord parent, SpanRecord.Builder span) {
        return span.setTraceId(parent.getTraceId()).setParentSpanId(parent.getSpanId());
    }

    /** A token costs a nano-dollar. */
    private static SpanRecord.Builder call(Spans spans, String tenant, Instant start, long tokens) {
        return spans.request(tenant, start)
                .setIsRequest(false)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setUsage(Usage.newBuilder().setInUncached(tokens))
                .setCost(Cost.newBuilder().setKnown(true).setTotalNanoUsd(tokens));
    }

    private static SpanRecord.Builder attempt(SpanRecord.Builder call) {
        return call.setAttempt(Attempt.newBuilder().setGroup(-5).setNumber(1).setOf(1));
    }
}
