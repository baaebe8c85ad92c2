package io.pentameter.aggregation.statement;

import io.pentameter.statistics.attribution.Allocation;
import io.pentameter.statistics.attribution.MonthToDate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Nano-dollars made to cents so that everything still adds up: the lines to the total, the days to the total, and the days of
 * each line to the line.
 *
 * <p>Every running total is rounded half to even; within it the lines share by largest remainder ({@link Allocation}), and a
 * day of a line is what it has by then less what it had ({@link MonthToDate}). So a day of a line may be a cent below 0 where
 * the remainder moved on.
 */
final class Cents {

    private static final int SCALE = Allocation.STATEMENT_SCALE;
    private static final int LEDGER = Allocation.LEDGER_SCALE;

    private Cents() {}

    /** Of each day, from the ledger's days. */
    static List<BigDecimal> ofDays(List<Long> nanos) {
        return MonthToDate.rounded(
                nanos.stream().map(nano -> BigDecimal.valueOf(nano, LEDGER)).toList(), SCALE);
    }

    /**
     * Of each line, from the ledger's lines.
     *
     * @param total of the month, in whole cents
     * @param nanos in the order of a stable id, 0 or more
     */
    static List<BigDecimal> ofLines(BigDecimal total, List<Long> nanos) {
        return Allocation.of(total, dollars(nanos), SCALE).shares();
    }

    /**
     * Of each line and day: the lines of each day in the order of {@code nanos}.
     *
     * @param days  cents of each day, as {@link #ofDays} makes them
     * @param nanos for each day the ledger's lines
     */
    static List<List<BigDecimal>> ofLinesAndDays(List<BigDecimal> days, List<List<Long>> nanos) {
        List<List<BigDecimal>> all = new ArrayList<>();
        List<BigDecimal> had = List.of();
        List<Long> sums = new ArrayList<>();
        BigDecimal total = new BigDecimal(BigInteger.ZERO, SCALE);
        for (int day = 0; day < days.size(); day++) {
            total = total.add(days.get(day));
            List<Long> today = nanos.get(day);
            for (int line = 0; line < today.size(); line++) {
                if (line < sums.size()) {
                    sums.set(line, Math.addExact(sums.get(line), today.get(line)));
                } else {
                    sums.add(today.get(line));
                }
            }
            all.add(MonthToDate.today(had, total, dollars(sums), SCALE));
            had = Allocation.of(total, dollars(sums), SCALE).shares();
        }
        return all;
    }

    private static List<BigDecimal> dollars(List<Long> nanos) {
        return nanos.stream().map(nano -> BigDecimal.valueOf(nano, LEDGER)).toList();
    }
}
