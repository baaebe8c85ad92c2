package io.pentameter.aggregation.clientmetric;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.mapping.DimensionColumns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A question about one metric of clients. Everything in it has been checked.
 *
 * @param from      included; {@code to} is not
 * @param interval  of the points, which begin at multiples of it since the epoch; absent: totals only
 * @param quantiles of histograms, each above 0 and below 1
 * @param limit     most series
 */
record ClientMetricQuery(
        String name,
        List<Dimension> groupBy,
        List<Filter> filters,
        Instant from,
        Instant to,
        Optional<Duration> interval,
        List<Double> quantiles,
        int limit) {

    /** Longest window. */
    static final Duration MAX_WINDOW = Duration.ofDays(92);

    static final Duration MIN_INTERVAL = Duration.ofSeconds(10);
    static final int MAX_POINTS = 2_000;
    static final int MAX_GROUPS = 6;
    static final int MAX_QUANTILES = 10;
    static final int MAX_SERIES = 1_000;
    static final int DEFAULT_SERIES = 100;

    /** Series times points. */
    static final long MAX_VALUES = 200_000;

    /** Dimensions that a point has besides {@code attr.<name>}. */
    static final List<String> DIMENSIONS =
            Stream.concat(DimensionColumns.NAMES.stream(), Stream.of("key")).toList();

    ClientMetricQuery {
        groupBy = List.copyOf(groupBy);
        filters = List.copyOf(filters);
        quantiles = List.copyOf(quantiles);
    }

    static boolean isOfPoints(Dimension dimension) {
        return !dimension.attribute().isEmpty() || DIMENSIONS.contains(dimension.word());
    }

    /** How many points a series has. */
    static long points(Instant from, Instant to, Duration interval) {
        long seconds = interval.toSeconds();
        long end = to.getNano() == 0 ? to.getEpochSecond() : to.getEpochSecond() + 1;
        return Math.ceilDiv(end, seconds) - Math.floorDiv(from.getEpochSecond(), seconds);
    }

    /** Seconds of the window, or of the part of a point that lies in it. */
    double seconds(Optional<Instant> at) {
        Instant begin = from;
        Instant end = to;
        if (at.isPresent() && interval.isPresent()) {
            begin = at.get().isAfter(from) ? at.get() : from;
            Instant pointEnd = at.get().plus(interval.get());
            end = pointEnd.isBefore(to) ? pointEnd : to;
        }
        return Duration.between(begin, end).toNanos() / 1e9;
    }
}
