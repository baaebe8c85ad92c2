package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.filter.Dimension;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What spans say about a window: the port between the rules of allocation and the engine. Of one question. */
interface Measurements {

    /**
     * A window of whole days in UTC.
     *
     * @param from first day
     * @param to   the day after the last
     */
    record Days(LocalDate from, LocalDate to) {}

    /**
     * Direct cost of one element.
     *
     * @param nano      1e-9 USD of the spans whose price is known
     * @param priceable spans that should have a price
     * @param priced    of these, those that have one
     */
    record Direct(long nano, long priceable, long priced) {

        BigDecimal usd() {
            return BigDecimal.valueOf(nano, 9);
        }
    }

    /** Gets direct costs. */
    @FunctionalInterface
    interface Taker {

        /** @param path of names; not to be kept */
        void take(int[] path, Direct direct);
    }

    /** The names that paths are made of. */
    Names names();

    /** Direct cost, each path once. */
    void direct(Days days, List<Dimension> by, Taker taker);

    /**
     * The window in pieces, one behind the other, each of which has so few days and paths that it can be measured at once; a day
     * is not cut.
     *
     * @param paths that will be asked for
     */
    List<Days> pieces(Days days, List<List<Dimension>> paths);

    /** By day and path, what the meter counted; what counts nothing is left out. */
    Map<LocalDate, Cells> metered(Days piece, List<Dimension> path, Meter meter);

    /** By day and element, what the meter counted in the element's busiest hour; what counts nothing is left out. */
    Map<LocalDate, Cells> peaks(Days piece, Dimension dimension, Meter meter);
}
