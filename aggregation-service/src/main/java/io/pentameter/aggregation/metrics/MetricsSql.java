package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.rollup.Base;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** SQL that makes measures of partial results. */
final class MetricsSql {

    private MetricsSql() {}

    /** What the measures are made of; what the coverage is made of always with it. */
    static Set<Base> bases(Collection<Measure> measures) {
        Set<Base> bases = EnumSet.of(Base.PRICED, Base.PRICEABLE);
        measures.forEach(measure -> bases.addAll(measure.bases()));
        return bases;
    }

    /**
     * Measures and coverage per series, and one row for all together, marked by {@code whole = 1} and first.
     *
     * @param partial  as {@link SpanSql} makes it
     * @param wholeBy  columns that the whole is split by: the tenant, or none
     */
    static String totals(String partial, Set<Base> bases, Grouping grouping, List<String> wholeBy, MetricsQuery query) {
        List<String> series = grouping.series();
        String columns = series.stream().map(name -> name + ", ").collect(Collectors.joining());
        boolean isSplit = series.size() > wholeBy.size();
        String whole = isSplit ? "grouping(" + series.getLast() + ")" : "1";
        String group = series.isEmpty()
                ? ""
                : isSplit
                        ? " GROUP BY GROUPING SETS ((%s), (%s))"
                                .formatted(String.join(", ", series), String.join(", ", wholeBy))
                        : " GROUP BY " + String.join(", ", series);
        String inner = "SELECT " + columns + whole + " AS whole, " + sums(bases) + " FROM (" + partial + ")" + group;
        return "SELECT " + columns + "whole, "
                + measures(
                        query.measuresOf(FactSource.SPANS),
                        minutes(query.window().length()))
                + coverage() + " FROM (" + inner + ") ORDER BY whole DESC"
                + order(query.order(), minutes(query.window().length()))
                + series.stream().map(name -> ", " + name).collect(Collectors.joining());
    }

    /** Measures and coverage per series and point. */
    static String points(String partial, Set<Base> bases, Grouping grouping, MetricsQuery query, Duration interval) {
        String columns = String.join(", ", grouping.names());
        String inner = "SELECT " + columns + ", " + sums(bases) + " FROM (" + partial + ") GROUP BY " + columns;
        return "SELECT " + columns + ", "
                + measures(query.measuresOf(FactSource.SPANS), minutesOfPoint(query.window(), interval)) + coverage()
                + " FROM ("
                + inner + ")";
    }

    private static String sums(Set<Base> bases) {
        return bases.stream()
                .map(base -> base.sumOf("u_" + base.column()) + " AS " + base.column())
                .collect(Collectors.joining(", "));
    }

    private static String measures(List<Measure> measures, String minutes) {
        List<String> columns = new ArrayList<>();
        measures.forEach(measure -> columns.add(measure.sql(minutes) + " AS m_" + measure.word()));
        return columns.stream().map(column -> column + ", ").collect(Collectors.joining());
    }

    private static String coverage() {
        return "priced, priceable";
    }

    private static String order(MetricsQuery.Order order, String minutes) {
        if (order.measure().source() != FactSource.SPANS) {
            return "";
        }
        return ", (" + order.measure().sql(minutes) + ")" + (order.descending() ? " DESC" : " ASC") + " NULLS LAST";
    }

    private static String minutes(Duration length) {
        return String.valueOf(length.toMillis() / 60_000.0);
    }

    /** The part of the point that lies in the window. */
    private static String minutesOfPoint(Window window, Duration interval) {
        return "((least(toFloat64(at + %d), %s) - greatest(toFloat64(at), %s)) / 60)"
                .formatted(interval.toSeconds(), seconds(window.to()), seconds(window.from()));
    }

    private static String seconds(Instant instant) {
        return String.valueOf(instant.toEpochMilli() / 1000.0);
    }
}
