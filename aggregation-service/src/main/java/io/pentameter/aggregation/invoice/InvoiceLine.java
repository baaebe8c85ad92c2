package io.pentameter.aggregation.invoice;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * One line of an invoice or of a usage report.
 *
 * @param number  position in the file: row of a table from 1 at the header, or count of the results of all pages from 1
 * @param from    first day in UTC
 * @param to      the day after the last
 * @param project the provider's project or workspace; empty if the line tells none
 * @param model   as the provider writes it; for a charge that is of no model its description
 * @param item    what is charged, in the provider's words
 * @param tier    service tier; empty for the standard one
 * @param what    money or usage
 */
public record InvoiceLine(
        int number, LocalDate from, LocalDate to, String project, String model, String item, String tier, What what) {

    /** What a line says. */
    public sealed interface What {}

    /**
     * Money.
     *
     * @param usd      rounded half-even to 1e-9
     * @param bound    most that the amount may be off because of its own digits: half of the last one, half a cent at most
     * @param amount   as written
     * @param currency ISO 4217
     */
    public record Charge(BigDecimal usd, BigDecimal bound, String amount, String currency) implements What {}

    /**
     * Usage.
     *
     * @param tokens   0 or more; a class that is absent was not used
     * @param requests -1 if the provider does not tell
     */
    public record Use(Map<TokenClass, Long> tokens, long requests) implements What {

        public Use {
            Map<TokenClass, Long> copy = new EnumMap<>(TokenClass.class);
            copy.putAll(tokens);
            tokens = Collections.unmodifiableMap(copy);
        }
    }
}
