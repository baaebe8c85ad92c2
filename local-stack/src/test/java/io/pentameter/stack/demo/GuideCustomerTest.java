package io.pentameter.stack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuideCustomerTest {

    @Test
    void theCallsOfADayAreTheSameWheneverTheDemoStarts() {
        List<Span> morning = GuideCustomer.calls(Instant.parse("2026-11-21T00:00:01Z"));

        assertThat(GuideCustomer.calls(Instant.parse("2026-11-21T23:59:59Z"))).isEqualTo(morning);
        assertThat(GuideCustomer.calls(Instant.parse("2026-11-22T00:00:00Z"))).doesNotContainAnyElementsOf(morning);
        assertThat(morning).extracting(Span::getTraceId).doesNotHaveDuplicates();
    }

    /** As docs/guide/cost.md adds them up: 2,675 tokens, 120 + 1,000 + 1,000 in and 45 + 500 + 10 out. */
    @Test
    void theTokensAreThoseOfTheGuide() {
        List<Span> calls = GuideCustomer.calls(Instant.parse("2026-11-21T12:00:00Z"));

        assertThat(sum(calls, "gen_ai.usage.input_tokens") + sum(calls, "gen_ai.usage.output_tokens"))
                .isEqualTo(2675);
        assertThat(sum(calls, "gen_ai.usage.cache_read.input_tokens")).isEqualTo(664);
    }

    private static long sum(List<Span> calls, String attribute) {
        return calls.stream()
                .flatMap(call -> call.getAttributesList().stream())
                .filter(one -> one.getKey().equals(attribute))
                .mapToLong(one -> one.getValue().getIntValue())
                .sum();
    }
}
