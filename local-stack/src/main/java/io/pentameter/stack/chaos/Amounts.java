package io.pentameter.stack.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * What some spans add up to.
 *
 * @param nano what they cost, in 1e-9 USD
 */
record Amounts(long spans, long inputTokens, long outputTokens, long nano) {

    static final Amounts NONE = new Amounts(0, 0, 0, 0);

    Amounts plus(Amounts other) {
        return new Amounts(
                spans + other.spans,
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                nano + other.nano);
    }

    /** The totals of a metrics query for these four measures; what is not known there is 0 here. */
    static Amounts ofTotals(JsonNode totals) {
        return new Amounts(
                totals.path("spans").asLong(),
                totals.path("input_tokens").asLong(),
                totals.path("output_tokens").asLong(),
                nano(totals.path("cost_usd")));
    }

    /** Decimal text of dollars in 1e-9 USD; 0 for what is not known. */
    static long nano(JsonNode dollars) {
        return dollars.isTextual()
                ? new BigDecimal(dollars.asText()).movePointRight(9).longValueExact()
                : 0;
    }

    String dollars() {
        return BigDecimal.valueOf(nano, 9).toPlainString();
    }

    @Override
    public String toString() {
        return "%,d spans, %,d tokens in, %,d out, %s USD".formatted(spans, inputTokens, outputTokens, dollars());
    }
}
