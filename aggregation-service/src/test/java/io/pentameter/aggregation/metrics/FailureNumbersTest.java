package io.pentameter.aggregation.metrics;

import static io.pentameter.aggregation.metrics.EngineMetrics.LATER;
import static io.pentameter.aggregation.metrics.EngineMetrics.NOON;
import static io.pentameter.aggregation.metrics.EngineMetrics.STORE;
import static io.pentameter.aggregation.metrics.EngineMetrics.filter;
import static io.pentameter.aggregation.metrics.EngineMetrics.query;
import static io.pentameter.aggregation.metrics.EngineMetrics.raw;
import static io.pentameter.aggregation.metrics.EngineMetrics.seal;
import static io.pentameter.aggregation.metrics.EngineMetrics.sealed;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.aggregation.testing.Spans;
import io.pentameter.contracts.v1.Attempt;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Failures that users saw, failures that a retry hid, and what the retries cost; by hand. */
class FailureNumbersTest {

    private static final String ASKED = "\"failures\",\"failure_rate\",\"visible_failures\",\"visible_failure_rate\","
            + "\"hidden_failures\",\"attempts\",\"retried_requests\",\"retry_rate\",\"waste_usd\"";

    @Test
    void whatARetryHidIsToldApartFromWhatAUserSawAndItsCostIsWaste() {
        Spans spans = new Spans(31);
        STORE.put(List.of(
                spans.request("retries", NOON).build(),
                call(spans, "retries", 1, 2, failed("rate_limit", true, true), 300),
                call(spans, "retries", 2, 2, Outcome.getDefaultInstance(), 1_000),
                spans.request("retries", NOON)
                        .setOutcome(failed("timeout", true, false))
                        .build(),
                call(spans, "retries", 1, 1, failed("timeout", true, false), 70),
                call(spans, "retries", 1, 1, failed("truncation", false, false), 5)));
        seal(LATER);

        for (Map<String, @Nullable Object> totals : List.of(
                raw("retries", query(ASKED, "", "", "")).totals(),
                sealed("retries", query(ASKED, "", "", "")).totals())) {
            assertThat(totals)
                    .containsEntry("failures", 4L)
                    .containsEntry("failure_rate", 4 / 6.0)
                    .containsEntry("visible_failures", 1L)
                    .containsEntry("visible_failure_rate", 0.5)
                    .containsEntry("hidden_failures", 1L)
                    .containsEntry("attempts", 4L)
                    .containsEntry("retried_requests", 1L)
                    .containsEntry("retry_rate", 1 / 3.0)
                    .containsEntry("waste_usd", "0.00000037");
        }
    }

    @Test
    void wasteThatHasNoPriceIsNotKnownAndFailuresThatUsedNothingWasteNothing() {
        Spans spans = new Spans(32);
        STORE.put(List.of(call(spans, "unpriced", 1, 1, failed("timeout", true, false), 1).toBuilder()
                .setCost(Cost.newBuilder().setUnknownReason("model_unknown"))
                .build()));
        STORE.put(List.of(call(spans, "unused", 1, 1, failed("timeout", true, false), 1).toBuilder()
                .clearCost()
                .build()));

        assertThat(raw("unpriced", query(ASKED, "", "", "")).totals()).containsEntry("waste_usd", null);
        assertThat(raw("unused", query(ASKED, "", "", "")).totals()).containsEntry("waste_usd", "0");
    }

    @Test
    void failuresAreGroupedAndFilteredByWhatIngestFoundOut() {
        Spans spans = new Spans(33);
        STORE.put(List.of(
                call(spans, "classes", 1, 2, failed("rate_limit", true, true), 300),
                call(spans, "classes", 2, 2, Outcome.getDefaultInstance(), 1_000).toBuilder()
                        .setDimensions(Dimensions.newBuilder().setLanguage("de"))
                        .build(),
                call(spans, "classes", 1, 1, failed("timeout", true, false), 70)));

        assertThat(count("classes", filter("failure_detail", "rate_limit_detail")))
                .isEqualTo(1);
        assertThat(count("classes", filter("failure_rule", "error.timeout"))).isEqualTo(1);
        assertThat(count("classes", filter("severity", "high"))).isEqualTo(2);
        assertThat(count("classes", filter("hidden", "true"))).isEqualTo(1);
        assertThat(count("classes", filter("hidden", "false"))).isEqualTo(1);
        assertThat(count("classes", "{\"dimension\":\"hidden\",\"op\":\"exists\",\"value\":false}"))
                .isEqualTo(1);
        assertThat(count("classes", filter("attempt", "2"))).isEqualTo(1);
        assertThat(count("classes", filter("language", "de"))).isEqualTo(1);
    }

    private static long count(String tenant, String filter) {
        return (Long) Objects.requireNonNull(
                raw(tenant, query("\"spans\"", "", "", filter)).totals().get("spans"));
    }

    private static Outcome failed(String word, boolean hard, boolean hidden) {
        return Outcome.newBuilder()
                .setError(hard)
                .setFailure(word)
                .setDetail(word + "_detail")
                .setSeverity("high")
                .setRule("error." + word)
                .setHidden(hidden)
                .build();
    }

    private static SpanRecord call(Spans spans, String tenant, int number, int of, Outcome outcome, long nano) {
        return spans.request(tenant, NOON)
                .setIsRequest(false)
                .setKind(SpanKind.SPAN_KIND_MODEL_CALL)
                .setOutcome(outcome)
                .setAttempt(Attempt.newBuilder()
                        .setGroup(7)
                        .setNumber(number)
                        .setOf(of)
                        .setSuperseded(number < of))
                .setCost(Cost.newBuilder().setKnown(true).setTotalNanoUsd(nano))
                .build();
    }
}
