package io.pentameter.aggregation.metrics;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one series or point as they come from the engine.
 *
 * @param group values of the grouping's columns for the series, in their order
 * @param at    seconds since the epoch; 0 without points
 * @param whole whether it is the row for all series together
 */
record SqlValues(
        List<String> group,
        long at,
        boolean whole,
        Map<Measure, @Nullable Object> measures,
        long priced,
        long priceable) {

    static SqlValues ofSpans(ResultSet row, Grouping grouping, boolean points, Collection<Measure> measures)
            throws SQLException {
        Map<Measure, @Nullable Object> values = new LinkedHashMap<>();
        for (Measure measure : measures) {
            values.put(measure, value(row, measure));
        }
        return new SqlValues(
                group(row, grouping),
                points ? row.getLong("at") : 0,
                !points && row.getInt("whole") == 1,
                values,
                row.getLong("priced"),
                row.getLong("priceable"));
    }

    static SqlValues ofFacts(ResultSet row, Grouping grouping, boolean points, Collection<Measure> measures)
            throws SQLException {
        Map<Measure, @Nullable Object> values = new LinkedHashMap<>();
        for (Measure measure : measures) {
            values.put(measure, value(row, measure));
        }
        return new SqlValues(
                group(row, grouping),
                points ? row.getLong("at") : 0,
                !points && row.getInt("whole") == 1,
                values,
                0,
                0);
    }

    /** What there is where nothing is. */
    static SqlValues none(List<String> group, long at, Collection<Measure> measures) {
        Map<Measure, @Nullable Object> values = new LinkedHashMap<>();
        for (Measure measure : measures) {
            values.put(
                    measure,
                    switch (measure.unit()) {
                        case COUNT -> 0L;
                        case MONEY ->
                            measure == Measure.COST_PER_REQUEST || measure == Measure.INVOICE_VARIANCE_USD ? null : "0";
                        case NUMBER -> measure == Measure.REQUESTS_PER_MINUTE ? 0.0 : null;
                    });
        }
        return new SqlValues(group, at, false, values, 0, 0);
    }

    private static List<String> group(ResultSet row, Grouping grouping) throws SQLException {
        List<String> group = new ArrayList<>();
        for (String name : grouping.series()) {
            group.add(row.getString(name));
        }
        return group;
    }

    private static @Nullable Object value(ResultSet row, Measure measure) throws SQLException {
        String column = "m_" + measure.word();
        Object value = switch (measure.unit()) {
            case COUNT -> row.getLong(column);
            case MONEY -> dollars(row.getLong(column));
            case NUMBER -> row.getDouble(column);
        };
        return row.wasNull() ? null : value;
    }

    private static String dollars(long nano) {
        BigDecimal dollars = BigDecimal.valueOf(nano, 9).stripTrailingZeros();
        return dollars.toPlainString();
    }
}
