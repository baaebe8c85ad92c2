package io.pentameter.aggregation.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.mapping.Relative.Trace;
import io.pentameter.aggregation.testing.Spans;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.Attempt;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RelativesTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void attemptsFollowAFailureWithinTenMinutesAndCountOnOverDeliveries() {
        Step first = attempt("a", 0, true, 1);
        Step second = attempt("b", 5, true, 2);
        Step third = attempt("c", 9, false, 3);

        assertThat(Relatives.attempts(List.of(third, first, second)).places())
                .isEqualTo(Map.of(
                        "a", new Step.Place(7, 1, 3, true, true),
                        "b", new Step.Place(7, 2, 3, true, true),
                        "c", new Step.Place(7, 3, 3, false, false)));
    }

    @Test
    void aCallAfterASuccessOrTooLateOrBesideAnotherIsARequestOfItsOwn() {
        assertThat(Relatives.attempts(List.of(attempt("a", 0, false, 1), attempt("b", 5, false, 2)))
                        .places())
                .isEmpty();
        assertThat(Relatives.attempts(List.of(attempt("a", 0, true, 1), attempt("b", 602, false, 2)))
                        .places())
                .isEmpty();
        assertThat(Relatives.attempts(List.of(attempt("a", 0, true, 1), attempt("b", 0, false, 2)))
                        .places())
                .isEmpty();
        assertThat(Relatives.attempts(List.of(attempt("a", 0, true, 1), attempt("b", 601, false, 2)))
                        .places())
                .hasSize(2);
    }

    @Test
    void whatOneDeliveryHasSettledIsLeftAsItIs() {
        Step first = placed(attempt("a", 0, true, 1), new Step.Place(7, 1, 2, true, true));
        Step second = placed(attempt("b", 5, false, 1), new Step.Place(7, 2, 2, false, false));

        assertThat(Relatives.attempts(List.of(first, second)).places()).isEmpty();
    }

    @Test
    void attemptsWhoseInputCameLaterAreSettledEvenIfItCameAtOnce() {
        assertThat(Relatives.attempts(List.of(attempt("a", 0, true, 1), attempt("b", 5, false, 1)))
                        .places())
                .isEqualTo(Map.of(
                        "a", new Step.Place(7, 1, 2, true, true),
                        "b", new Step.Place(7, 2, 2, false, false)));
    }

    @Test
    void fourFailedAttemptsInWhateverDeliveriesAreAStormOfTheStepAboveThem() {
        List<Step> steps = new ArrayList<>(List.of(above(Step.Failure.NONE, 9)));
        for (int i = 0; i < 4; i++) {
            steps.add(attempt("a" + i, 5L * i, true, i));
        }

        assertThat(Relatives.attempts(steps).failures())
                .isEqualTo(Map.of("p", new Step.Failure("retry_storm", "rate_limit", false, "attempts.storm")));
        assertThat(Relatives.attempts(steps.subList(0, 4)).failures()).isEmpty();
    }

    @Test
    void theStepsOwnFailureStaysUnlessItIsTheEchoOfItsAttempts() {
        Step.Failure echo = new Step.Failure("rate_limit", "", true, "error.rate_limit.type");
        Step.Failure other = new Step.Failure("timeout", "", true, "error.timeout.type");
        List<Step> attempts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            attempts.add(attempt("a" + i, 5L * i, true, i));
        }

        List<Step> withEcho = new ArrayList<>(attempts);
        withEcho.add(above(echo, 9));
        List<Step> withOther = new ArrayList<>(attempts);
        withOther.add(above(other, 9));

        assertThat(Relatives.attempts(withEcho).failures())
                .isEqualTo(Map.of("p", new Step.Failure("retry_storm", "rate_limit", true, "attempts.storm")));
        assertThat(Relatives.attempts(withOther).failures()).isEmpty();
    }

    @Test
    void fallbacksThatComeBackToAModelAreALoop() {
        List<Step> steps = List.of(
                above(Step.Failure.NONE, 1),
                of(attempt("a", 0, true, 2), "one"),
                of(attempt("b", 5, true, 3), "two"),
                of(attempt("c", 9, false, 4), "one"));

        assertThat(Relatives.attempts(steps).failures())
                .isEqualTo(Map.of("p", new Step.Failure("fallback_loop", "rate_limit", false, "attempts.loop")));
    }

    @Test
    void anySplitIntoDeliveriesEndsWithTheSamePlacesAndFailures() {
        Random random = new Random(20_261_121);
        for (int round = 0; round < 300; round++) {
            List<Step> steps = new ArrayList<>(List.of(above(Step.Failure.NONE, 0)));
            int count = 1 + random.nextInt(8);
            long second = 0;
            for (int i = 0; i < count; i++) {
                second += random.nextInt(10) == 0 ? 700 : 1 + random.nextInt(5);
                steps.add(of(attempt("a" + i, second, random.nextInt(4) > 0, 0), "model " + random.nextInt(2)));
            }
            List<Step> together = settled(steps);
            int deliveries = 1 + random.nextInt(4);
            List<Step> apart = new ArrayList<>();
            Map<Integer, List<Step>> split = new HashMap<>();
            steps.forEach(step -> split.computeIfAbsent(random.nextInt(deliveries), _ -> new ArrayList<>())
                    .add(step));
            List<List<Step>> inSomeOrder = new ArrayList<>(split.values());
            Collections.shuffle(inSomeOrder, random);
            for (List<Step> delivery : inSomeOrder) {
                long receipt = apart.size() + 1L;
                apart.addAll(settled(delivery).stream()
                        .map(step -> received(step, receipt))
                        .toList());
                apart = settled(apart);
            }

            assertThat(apart.stream().map(step -> received(step, 0)))
                    .as("round %d", round)
                    .containsExactlyInAnyOrderElementsOf(together);
        }
    }

    @Test
    void whatAStepDoesNotSayIsTakenFromTheNearestAboveUnlessOneInBetweenIsNotKnown() {
        Step root = whose("root", "", new Step.Whose("help", "", "acme", "jane", "s1"));
        Step chain = whose("chain", "root", new Step.Whose("", "", "", "joe", ""));
        Step call = whose("call", "chain", Step.Whose.NOBODY);
        Step lost = whose("lost", "nobody", Step.Whose.NOBODY);

        assertThat(Relatives.inherited(List.of(call, root, chain, lost)))
                .isEqualTo(Map.of(
                        "chain", new Step.Whose("help", "", "acme", "joe", "s1"),
                        "call", new Step.Whose("help", "", "acme", "joe", "s1")));
        assertThat(Relatives.inherited(List.of(call, root, lost))).isEmpty();
        assertThat(Relatives.inherited(List.of(
                        whose("a", "b", Step.Whose.NOBODY),
                        whose("b", "a", Step.Whose.NOBODY),
                        whose("c", "c", Step.Whose.NOBODY))))
                .isEmpty();
    }

    @Test
    void aCallThatCameBeforeItsRootIsStoredAsTheSameUsers() {
        Store store = Store.of("relatives_whose_test");
        Spans spans = new Spans(83);
        SpanRecord root = spans.request("whose", Spans.noon())
                .setDimensions(Dimensions.newBuilder().setUser("jane").setFeature("help"))
                .build();
        store.put(List.of(call(spans, Spans.noon()).toBuilder()
                .setTenant("whose")
                .setTraceId(root.getTraceId())
                .setParentSpanId(root.getSpanId())
                .build()));
        store.put(List.of(root));

        assertThat(store.all(
                        "SELECT concat(feature, ' ', user) FROM span FINAL WHERE tenant = 'whose' AND kind ="
                                + " 'model_call'",
                        row -> row.getString(1)))
                .containsExactly("help jane");
    }

    @Test
    void anyStepIsStoredAsItsRootsUsersWhetherThereIsACallOrNot() {
        Store store = Store.of("relatives_tools_test");
        Spans spans = new Spans(84);
        SpanRecord root = root(spans, "tools");
        SpanRecord tool = below(spans, root, SpanKind.SPAN_KIND_TOOL);
        store.put(List.of(tool, below(spans, tool, SpanKind.SPAN_KIND_RETRIEVAL)));
        store.put(List.of(root));

        assertThat(whoseOf(store, "tools")).containsExactly("help jane", "help jane", "help jane");
    }

    @Test
    void aCallBelowAToolFollowsARootThatComesAfterBoth() {
        Store store = Store.of("relatives_tools_test");
        Spans spans = new Spans(85);
        SpanRecord root = root(spans, "below");
        SpanRecord tool = below(spans, root, SpanKind.SPAN_KIND_TOOL);
        store.put(List.of(tool, below(spans, tool, SpanKind.SPAN_KIND_MODEL_CALL)));
        store.put(List.of(root));

        assertThat(whoseOf(store, "below")).containsExactly("help jane", "help jane", "help jane");
    }

    /** Ingest settles what comes in one delivery; two of them may be written at once. */
    @Test
    void deliveriesThatAreWrittenTogetherSettleEachOther() {
        Store store = Store.of("relatives_tools_test");
        Spans spans = new Spans(86);
        SpanRecord root = root(spans, "together");
        SpanRecord call = below(spans, root, SpanKind.SPAN_KIND_MODEL_CALL);
        store.put(List.of(
                call.toBuilder().setReceivedAtUs(root.getReceivedAtUs() + 5).build(), root));

        assertThat(whoseOf(store, "together")).containsExactly("help jane", "help jane");
    }

    private static SpanRecord root(Spans spans, String tenant) {
        return spans.request(tenant, Spans.noon())
                .setDimensions(Dimensions.newBuilder().setUser("jane").setFeature("help"))
                .build();
    }

    private static SpanRecord below(Spans spans, SpanRecord above, SpanKind kind) {
        return spans.request(above.getTenant(), Spans.noon())
                .setTraceId(above.getTraceId())
                .setParentSpanId(above.getSpanId())
                .setIsRequest(false)
                .setKind(kind)
                .build();
    }

    private static List<String> whoseOf(Store store, String tenant) {
        return store.all(
                "SELECT concat(feature, ' ', user) FROM span FINAL WHERE tenant = '" + tenant + "'",
                row -> row.getString(1));
    }

    private static Step whose(String span, String parent, Step.Whose whose) {
        return new Step(
                span,
                parent,
                "agent",
                false,
                "",
                0,
                1,
                Step.Failure.NONE,
                "",
                1,
                new Step.Place(0, 0, 0, false, false),
                whose,
                false,
                false);
    }

    @Test
    void aStormIsStoredWhereItsAttemptsCameAfterTheStepAboveThem() {
        Store store = Store.of("relatives_storm_test");
        Spans spans = new Spans(82);
        SpanRecord agent = spans.request("storm", Spans.noon()).build();
        store.put(List.of(agent));
        for (int i = 0; i < 4; i++) {
            store.put(List.of(spans.request("storm", Spans.noon().plusSeconds(5L * i))
                    .setTraceId(agent.getTraceId())
                    .setParentSpanId(agent.getSpanId())
                    .setIsRequest(false)
                    .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                    .setReceivedAtUs(agent.getReceivedAtUs() + 1 + i)
                    .setDurationNs(SECOND)
                    .setOutcome(Outcome.newBuilder()
                            .setError(true)
                            .setFailure("rate_limit")
                            .setSeverity("medium")
                            .setRule("error.rate_limit.type"))
                    .setAttempt(Attempt.newBuilder().setGroup(5).setNumber(1).setOf(1))
                    .build()));
        }

        assertThat(store.all(
                        "SELECT concat(failure, ' ', failure_detail, ' ', failure_rule, ' ', severity, ' ',"
                                + " toString(error)) FROM span FINAL WHERE tenant = 'storm' AND kind != 'model_call'",
                        row -> row.getString(1)))
                .containsExactly("retry_storm rate_limit attempts.storm high 0");
        assertThat(store.number("SELECT max(attempt_of) FROM span FINAL WHERE tenant = 'storm'"))
                .isEqualTo(4);
    }

    private static List<Step> settled(List<Step> steps) {
        Relatives.Attempts attempts = Relatives.attempts(steps);
        return new ArrayList<>(steps.stream()
                .map(step -> placed(step, attempts.places().getOrDefault(step.span(), step.attempt())))
                .map(step -> failed(step, attempts.failures().getOrDefault(step.span(), step.failure())))
                .toList());
    }

    private static Step above(Step.Failure failure, long receipt) {
        return new Step(
                "p",
                "",
                "agent",
                false,
                "",
                0,
                1,
                failure,
                "",
                receipt,
                new Step.Place(0, 0, 0, false, false),
                Step.Whose.NOBODY,
                false,
                false);
    }

    private static Step of(Step step, String model) {
        return new Step(
                step.span(),
                step.parent(),
                step.kind(),
                step.reports(),
                step.response(),
                step.startNs(),
                step.endNs(),
                step.failure(),
                model,
                step.receipt(),
                step.attempt(),
                step.whose(),
                step.repeated(),
                step.rewritten());
    }

    private static Step placed(Step step, Step.Place place) {
        return copy(step, step.failure(), step.receipt(), place);
    }

    private static Step failed(Step step, Step.Failure failure) {
        return copy(step, failure, step.receipt(), step.attempt());
    }

    private static Step received(Step step, long receipt) {
        return copy(step, step.failure(), receipt, step.attempt());
    }

    private static Step copy(Step step, Step.Failure failure, long receipt, Step.Place place) {
        return new Step(
                step.span(),
                step.parent(),
                step.kind(),
                step.reports(),
                step.response(),
                step.startNs(),
                step.endNs(),
                failure,
                step.model(),
                receipt,
                place,
                step.whose(),
                step.repeated(),
                step.rewritten());
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
                        "INSERT INTO span SELECT * REPLACE (0 AS usage_repeated, version + 1 AS version) FROM span"
                                + " FINAL",
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
                failed ? new Step.Failure("rate_limit", "", true, "error.rate_limit.http_status") : Step.Failure.NONE,
                "",
                receipt,
                new Step.Place(7, 1, 1, false, false),
                Step.Whose.NOBODY,
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
                Step.Failure.NONE,
                "",
                1,
                new Step.Place(0, 0, 0, false, false),
                Step.Whose.NOBODY,
                false,
                false);
    }
}
