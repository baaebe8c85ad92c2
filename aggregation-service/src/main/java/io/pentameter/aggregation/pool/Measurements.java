package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.filter.Dimension;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What spans say about a window: the port between the rules of allocation and the engine. */
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
     * @param usd       of the spans whose price is known
     * @param priceable spans that should have a price
     * @param priced    of these, those that have one
     */
    record Direct(BigDecimal usd, long priceable, long priced) {

        Direct plus(Direct other) {
            return new Direct(usd.add(other.usd), priceable + other.priceable, priced + other.priced);
        }
    }

    /** Direct cost by path. */
    SortedMap<List<String>, Direct> direct(Days days, List<Dimension> by);

    /** By day and path, what the meter counted; what counts nothing is left out. */
    Map<LocalDate, SortedMap<List<String>, BigDecimal>> metered(Days days, List<Dimension> path, Meter meter);

    /** By day and element, what the meter counted in the element's busiest hour; what counts nothing is left out. */
    Map<LocalDate, SortedMap<String, BigDecimal>> peaks(Days days, Dimension dimension, Meter meter);
}
