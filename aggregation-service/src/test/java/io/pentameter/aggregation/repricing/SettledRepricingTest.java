package io.pentameter.aggregation.repricing;

import static io.pentameter.aggregation.repricing.EngineRepricings.NOW;
import static io.pentameter.aggregation.repricing.EngineRepricings.STORE;
import static io.pentameter.aggregation.repricing.EngineRepricings.current;
import static io.pentameter.aggregation.repricing.EngineRepricings.repricings;
import static io.pentameter.aggregation.repricing.EngineRepricings.workOut;
import static io.pentameter.aggregation.repricing.PricedCalls.NEGOTIATED;
import static io.pentameter.aggregation.repricing.PricedCalls.cost;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.testing.Spans;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a trace tells of a span after the span was repriced. */
class SettledRepricingTest {

    /** Recent: a trace in pieces is remembered for 40 days. */
    private static final Instant NOON = Spans.noon();

    @Test
    void aSpanWhoseRootCameAfterwardsIsReportedUnderItsFeatureAndCustomer() {
        Spans spans = new Spans(61);
        SpanRecord root = spans.request("rooted", NOON.plusSeconds(60))
                .setDimensions(Dimensions.newBuilder().setFeature("search").setCustomer("ada"))
                .build();
        SpanRecord call = called(spans.request("rooted", NOON.plusSeconds(61)), root);
        SpanRecord own = called(spans.request("rooted", NOON.plusSeconds(62)), root).toBuilder()
                .setDimensions(call.getDimensions().toBuilder().setFeature("chat"))
                .build();
        STORE.put(List.of(call, own));
        Repricing repricing = workOut("rooted", NEGOTIATED, NOON);
        repricings(NOW).addEvent(repricing, "applied", "ada");
        RepricingReport before = repricings(NOW).report(repricing);
        long costs = current("rooted", NOON);

        STORE.put(List.of(root));

        RepricingReport after = repricings(NOW).report(repricing);
        assertThat(before.byFeature())
                .extracting(RepricingReport.Change::value)
                .containsExactlyInAnyOrder(null, "chat");
        assertThat(after.byFeature())
                .extracting(RepricingReport.Change::value)
                .containsExactlyInAnyOrder("search", "chat");
        assertThat(after.byCustomer()).singleElement().satisfies(customer -> {
            assertThat(customer.value()).isEqualTo("ada");
            assertThat(customer.spans()).isEqualTo(2);
        });
        assertThat(after.total()).isEqualTo(before.total());
        assertThat(current("rooted", NOON)).isEqualTo(costs);
    }

    /** Generations are partitions: the rows of one are no versions of another's. */
    @Test
    void everyGenerationFollowsNotTheYoungestAlone() {
        Spans spans = new Spans(64);
        SpanRecord root = spans.request("all", NOON.plusSeconds(60))
                .setDimensions(Dimensions.newBuilder().setFeature("search"))
                .build();
        STORE.put(List.of(called(spans.request("all", NOON.plusSeconds(61)), root)));
        Repricing applied = workOut("all", NEGOTIATED, NOON);
        Repricing waiting = workOut("all", NEGOTIATED, NOON);

        STORE.put(List.of(root));

        for (Repricing repricing : List.of(applied, waiting)) {
            assertThat(repricings(NOW).report(repricing).byFeature())
                    .extracting(RepricingReport.Change::value)
                    .containsExactly("search");
        }
    }

    /** The settlement that moves the row is cut off before it has marked the bucket, and done again. */
    @Test
    void aCrashBetweenTheRowsChangesNothing() {
        Spans spans = new Spans(62);
        SpanRecord root = spans.request("crashed", NOON.plusSeconds(60))
                .setDimensions(Dimensions.newBuilder().setFeature("search").setCustomer("ada"))
                .build();
        STORE.put(List.of(called(spans.request("crashed", NOON.plusSeconds(61)), root)));
        Repricing repricing = workOut("crashed", NEGOTIATED, NOON);

        STORE.putAfterACrashBefore("touched", List.of(root));

        assertThat(repricings(NOW).report(repricing).byFeature())
                .extracting(RepricingReport.Change::value)
                .containsExactly("search");
    }

    @Test
    void aCallWhoseUsageTurnsOutToBeAnothersIsNoChangeOfCost() {
        Spans spans = new Spans(63);
        SpanRecord above = called(
                spans.request("above", NOON.plusSeconds(60)),
                spans.request("above", NOON).build());
        STORE.put(List.of(above));
        Repricing repricing = workOut("above", NEGOTIATED, NOON);
        long before = repricings(NOW).report(repricing).total().spans();

        STORE.put(List.of(called(spans.request("above", NOON.plusSeconds(60)), above)));

        assertThat(before).isEqualTo(1);
        assertThat(repricings(NOW).report(repricing).total().spans()).isZero();
    }

    /** A call below another span, which costs something else by the negotiated prices. */
    private static SpanRecord called(SpanRecord.Builder span, SpanRecord above) {
        SpanRecord call = span.setTraceId(above.getTraceId())
                .setParentSpanId(above.getSpanId())
                .setIsRequest(false)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setDimensions(Dimensions.newBuilder().setProvider("anthropic").setModel("claude-sonnet-4-5"))
                .setUsage(Usage.newBuilder().setInUncached(1000).setOutText(100))
                .build();
        return call.toBuilder().setCost(cost(PricedCalls.BOOKED, call)).build();
    }
}
