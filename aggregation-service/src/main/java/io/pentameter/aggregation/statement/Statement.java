package io.pentameter.aggregation.statement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.pentameter.aggregation.generation.PriceBasis;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A month's charges. The lines add up to the total, the days as well, and the total is the sum of ledger and pools rounded half to even.
 *
 * @param month        as in 2026-11, in UTC
 * @param by           the dimension of the lines
 * @param complete     whether the month is over and everything acknowledged in it is counted
 * @param total        in dollars with two digits
 * @param ledgerUsd    what calls cost, to the nano-dollar
 * @param sharedUsd    what pools cost, likewise; 0 as well if they are left out
 * @param calls        that should have a price; {@code pricedCalls} have one, the others are in no line's amount
 * @param days         each day of the month that has begun
 */
record Statement(
        String month,
        String by,
        String currency,
        boolean complete,
        String total,
        String ledgerUsd,
        String sharedUsd,
        long calls,
        long pricedCalls,
        List<Line> lines,
        List<Day> days,
        PriceBasis priceBasis,
        @Nullable Instant visibleUntil) {

    /** Of the line that stands for all values beyond the limit. */
    static final String OTHERS = "(all others)";

    /** Where a pool's cost belongs to no value. */
    static final String NOBODY = "(nobody)";

    /** Where the value is not known. */
    static final String UNKNOWN = "(not known)";

    /**
     * A line.
     *
     * @param value  null where it is not known
     * @param values how many values it stands for; above 1 only in the last line, for all beyond the limit
     * @param days   the amount of each day, in the order of the statement's days; absent unless asked for
     */
    record Line(
            @Nullable String value,
            long values,
            @JsonUnwrapped Charge charge,
            String amount,
            String ledgerUsd,
            long requests,
            long calls,
            long pricedCalls,
            long tokens,
            @JsonInclude(Include.NON_NULL) @Nullable List<String> days) {

        /** What people read. */
        String label() {
            if (charge.isOfNobody()) {
                return NOBODY;
            }
            if (values > 1) {
                return OTHERS;
            }
            return value == null ? UNKNOWN : value;
        }
    }

    /** @param date as in 2026-11-21 */
    record Day(String date, String amount) {}
}
