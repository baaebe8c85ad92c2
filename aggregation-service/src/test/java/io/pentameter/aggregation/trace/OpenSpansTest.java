package io.pentameter.aggregation.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What has begun and not ended is seen as running, and is counted nowhere. */
class OpenSpansTest {

    private static final Store STORE = Store.of("trace_test");

    /** A minute ago: an announcement is kept for three days only. */
    private final Instant now = Instant.now().minusSeconds(60);

    @Test
    void aTraceIsRunningUntilTheLastOfItsAnnouncedSpansHasEnded() {
        Spans spans = new Spans(61);
        SpanRecord root = spans.request("live", now)
                .setDimensions(Dimensions.newBuilder().setFeature("search").setCustomer("c-1"))
                .build();
        SpanRecord call = spans.request("live", now.plusSeconds(1))
                .setIsRequest(false)
                .setTraceId(root.getTraceId())
                .setParentSpanId(root.getSpanId())
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .build();
        STORE.put(List.of(running(root), running(call)));

        SqlOpenSpans.RunningTrace both = running("live").getFirst();
        assertThat(both.runningSpans()).isEqualTo(2);
        assertThat(both.runningSince()).isEqualTo(SqlSpanRow.instant(root.getStartNs()));
        assertThat(both.name()).isEqualTo("answer");
        assertThat(both.dimensions()).containsAllEntriesOf(Map.of("feature", "search", "customer", "c-1"));
        TraceView begun = trace(root);
        assertThat(begun.runningCount()).isEqualTo(2);
        assertThat(begun.spanCount()).isZero();
        assertThat(begun.durationSeconds()).isNull();
        assertThat(begun.spans()).allMatch(SpanView::running).allMatch(span -> span.durationSeconds() == null);

        STORE.put(List.of(call));
        assertThat(running("live").getFirst().runningSpans()).isEqualTo(1);
        TraceView half = trace(root);
        assertThat(half.runningCount()).isEqualTo(1);
        assertThat(half.spanCount()).isEqualTo(1);
        assertThat(half.spans())
                .extracting(SpanView::parentSpanId)
                .containsExactly(null, half.spans().getFirst().spanId());

        STORE.put(List.of(root));
        assertThat(running("live")).isEmpty();
        assertThat(trace(root).runningCount()).isZero();
        assertThat(trace(root).spans()).noneMatch(SpanView::running);
    }

    @Test
    void announcementsWhoseSpanHasComeAreSweptAndTheOthersStay() {
        Spans spans = new Spans(65);
        SpanRecord ended = spans.request("swept", now).build();
        STORE.put(List.of(
                running(ended),
                running(spans.request("swept", now.plusSeconds(1)).build())));
        STORE.put(List.of(ended));

        new AllTenantsOpenSpans(STORE.reads(), STORE.reads()).sweep(now.minusSeconds(60));

        assertThat(STORE.number("SELECT count() FROM span_open FINAL WHERE tenant = 'swept'"))
                .isEqualTo(1);
        assertThat(running("swept")).hasSize(1);
    }

    @Test
    void anAnnouncementThatComesAfterTheEndChangesNothingAndNothingCountsIt() {
        SpanRecord span = new Spans(62).request("after", now).build();
        STORE.put(List.of(span));
        STORE.put(List.of(running(span)));

        assertThat(running("after")).isEmpty();
        assertThat(trace(span).runningCount()).isZero();
        assertThat(STORE.number("SELECT count() FROM span FINAL WHERE tenant = 'after'"))
                .isEqualTo(1);
    }

    @Test
    void runningTracesAreFilteredAndPagedAndBelongToTheirTenant() {
        Spans spans = new Spans(63);
        List<SpanRecord> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(running(spans.request("paged", now.plusSeconds(i))
                    .setDimensions(Dimensions.newBuilder().setFeature(i % 2 == 0 ? "even" : "odd"))
                    .build()));
        }
        Collections.shuffle(all);
        STORE.put(all);

        assertThat(list("paged", "odd", 10, Optional.empty())).hasSize(2);
        assertThat(running("nobody")).isEmpty();
        List<SqlOpenSpans.RunningTrace> first = list("paged", null, 2, Optional.empty());
        assertThat(first).hasSize(3);
        assertThat(first.getFirst().runningSince()).isAfter(first.get(1).runningSince());
        SqlOpenSpans.RunningTrace last = first.get(1);
        long nanos = Duration.between(Instant.EPOCH, last.runningSince()).toNanos();
        assertThat(list("paged", null, 10, Optional.of(List.of(String.valueOf(nanos), last.traceId()))))
                .hasSize(3)
                .doesNotContain(first.get(0), first.get(1));
    }

    @Test
    void aCallThatRepeatsOneOfAnotherDeliveryShowsItsTokensApartAndTheTotalsHaveThemOnce() {
        Spans spans = new Spans(64);
        SpanRecord parent = call(spans, now, 100).build();
        SpanRecord child = call(spans, now.plusMillis(1), 100)
                .setTraceId(parent.getTraceId())
                .setParentSpanId(parent.getSpanId())
                .build();
        STORE.put(List.of(parent));
        STORE.put(List.of(child));

        TraceView trace =
                new SqlTraces(STORE.reads()).find("twice", hex(parent), false).orElseThrow();

        assertThat(trace.inputTokens()).isEqualTo(100);
        assertThat(trace.costUsd()).isEqualTo("0.0000001");
        SpanView repeating = trace.spans().getFirst();
        assertThat(repeating.usage()).isNull();
        assertThat(repeating.cost()).isNull();
        assertThat(repeating.warnings()).containsExactly("usage_not_counted");
        assertThat(repeating.repeatedUsage()).containsEntry("in_uncached", 100L);
        assertThat(trace.spans().getLast().usage()).containsEntry("in_uncached", 100L);
        assertThat(new SqlTraceSearch(STORE.reads())
                        .list(
                                "twice",
                                new SqlTraceSearch.Question(
                                        List.of(), now.minusSeconds(60), now.plusSeconds(60), 10, Optional.empty())))
                .singleElement()
                .satisfies(entry -> assertThat(entry.inputTokens()).isEqualTo(100));
    }

    private SpanRecord.Builder call(Spans spans, Instant start, long tokens) {
        return spans.request("twice", start)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setUsage(Usage.newBuilder().setInUncached(tokens))
                .setCost(Cost.newBuilder().setKnown(true).setTotalNanoUsd(tokens));
    }

    private TraceView trace(SpanRecord span) {
        return new SqlTraces(STORE.reads())
                .find(span.getTenant(), hex(span), false)
                .orElseThrow();
    }

    private String hex(SpanRecord span) {
        return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    private List<SqlOpenSpans.RunningTrace> running(String tenant) {
        return list(tenant, null, 100, Optional.empty());
    }

    private List<SqlOpenSpans.RunningTrace> list(
            String tenant, @Nullable String feature, int limit, Optional<List<String>> position) {
        return new SqlOpenSpans(STORE.reads())
                .list(
                        tenant,
                        new SqlOpenSpans.Question(
                                feature == null
                                        ? List.of()
                                        : List.of(SqlOpenSpans.equal("feature", List.of(feature))
                                                .orElseThrow()),
                                now.minus(Duration.ofDays(1)),
                                now.plus(Duration.ofHours(1)),
                                limit,
                                position));
    }

    private SpanRecord running(SpanRecord span) {
        return span.toBuilder()
                .setReceivedAtUs(span.getReceivedAtUs() - 1)
                .setDurationNs(0)
                .clearUsage()
                .clearCost()
                .setIsRunning(true)
                .build();
    }
}
