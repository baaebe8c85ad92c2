package io.pentameter.aggregation.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.mapping.Relative.Trace;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelativesTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void attemptsFollowAFailureWithinTenMinutesAndCountOnOverDeliveries() {
        Step first = attempt("a", 0, true, 1);
        Step second = attempt("b", 5, true, 2);
        Step third = attempt("c", 9, false, 3);

        assertThat(Relatives.attempts(List.of(third, first, second)))
                .isEqualTo(Map.of(
                        "a", new Step.Place(7, 1, 3, true, true),
                        "b", new Step.Place(7, 2, 3, true, true),
                        "c", new Step.Place(7, 3, 3, false, false)));
    }

    @Test
    void aCallAfterASuccessOrTooLateOrBesideAnotherIsARequestOfItsOwn() {
        assertThat(Relatives.attempts(List.of(attempt("a", 0, false, 1), attempt("b", 5, false, 2))))
                .isEmpty();
        assertThat(Relatives.attempts(List.of(attempt("a", 0, true, 1), attempt("b", 602, false, 2))))
                .isEmpty();
        assertThat(Relatives.attempts(List.of(attempt("a", 0, true, 1), attempt("b", 0, false, 2))))
                .isEmpty();
        assertThat(Relatives.attempts(List.of(attempt("a", 0, true, 1), attempt("b", 601, false, 2))))
                .hasSize(2);
    }

    @Test
    void whatOneDeliveryHasSettledIsLeftAsItIs() {
        assertThat(Relatives.attempts(List.of(attempt("a", 0, true, 1), attempt("b", 5, false, 1))))
                .isEmpty();
    }

    @Test
    void callsThatNameEachOtherAsParentsBothCount() {
        Step one = call("a", "b");
        Step other = call("b", "a");

        assertThat(Relatives.repeating(List.of(one, other))).isEmpty();
        assertThat(Relatives.repeating(List.of(call("a", "a")))).isEmpty();
    }

    @Test
    void tracesWithTooManySpansTogetherAreSettledApartAndOneThatAloneHasTooManyIsLeft() {
        Store store = Store.of("relatives_test");
        Spans spans = new Spans(81);
        Instant noon = Spans.noon();
        List<Trace> traces = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            SpanRecord parent = call(spans, noon);
            SpanRecord child = call(spans, noon).toBuilder()
                    .setTraceId(parent.getTraceId())
                    .setParentSpanId(parent.getSpanId())
                    .build();
            store.put(List.of(parent, child));
            traces.add(
                    new Trace("large", ByteString.copyFrom(parent.getTraceId().toByteArray())));
        }
        store.reads()
                .run(
                        "INSERT INTO span SELECT * REPLACE (0 AS usage_repeated, version + 1 AS version) FROM span FINAL",
                        new Bindings());
        String repeated = "SELECT countIf(usage_repeated) FROM span FINAL WHERE tenant = 'large'";
        assertThat(store.number(repeated)).isZero();

        new AllTenantsRelatives(store.reads(), store.reads(), 1).settle(traces, 0);
        assertThat(store.number(repeated)).isZero();
        new AllTenantsRelatives(store.reads(), store.reads(), 4).settle(traces, 0);
        assertThat(store.number(repeated)).isEqualTo(3);
    }

    private static SpanRecord call(Spans spans, Instant start) {
        return spans.request("large", start)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setUsage(Usage.newBuilder().setInUncached(1))
                .build();
    }

    private static Step attempt(String span, long second, boolean failed, long receipt) {
        return new Step(
                span,
                "p",
                "model_call",
                false,
                "",
                second * SECOND,
                (second + 1) * SECOND,
                failed,
                receipt,
                new Step.Place(7, 1, 1, false, false),
                false,
                false);
    }

    private static Step call(String span, String parent) {
        return new Step(
                span,
                parent,
                "model_call",
                true,
                "",
                0,
                1,
                false,
                1,
                new Step.Place(0, 0, 0, false, false),
                false,
                false);
    }
}
