package io.pentameter.aggregation.clientmetric;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.filter.FilterBody;
import io.pentameter.aggregation.filter.FilterReader;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a query of what is sent, or says for each part what is wrong with it and what is allowed. Used once. */
final class ClientMetricQueryReader {

    /** A query as it is sent; nothing of it has been checked. */
    record Body(
            @Nullable String name,
            @Nullable List<@Nullable String> groupBy,
            @Nullable List<@Nullable FilterBody> filters,
            @Nullable String from,
            @Nullable String to,
            @Nullable String interval,
            @Nullable List<@Nullable Double> quantiles,
            @Nullable Long limit) {}

    private static final int MAX_NAME = 300;
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final List<Fault> faults = new ArrayList<>();

    ClientMetricQuery read(@Nullable Body body) {
        if (body == null) {
            throw ProblemException.invalid("", "the body must be a query of a client's metric");
        }
        String name = body.name() == null ? "" : body.name();
        if (name.isEmpty() || name.length() > MAX_NAME) {
            fault("/name", "must be the name of a metric, 1 to %d characters: '%s'".formatted(MAX_NAME, shown(name)));
        }
        List<Dimension> groupBy = groupBy(body.groupBy());
        List<Filter> filters = filters(body.filters());
        Instant from = instant("/from", body.from());
        Instant to = instant("/to", body.to());
        if (faults.isEmpty()) {
            window(from, to);
        }
        Optional<Duration> interval = body.interval() == null ? Optional.empty() : interval(body.interval());
        List<Double> quantiles = quantiles(body.quantiles());
        long limit = body.limit() == null ? ClientMetricQuery.DEFAULT_SERIES : body.limit();
        if (limit < 1 || limit > ClientMetricQuery.MAX_SERIES) {
            fault("/limit", "must be 1 to %d: %d".formatted(ClientMetricQuery.MAX_SERIES, limit));
        }
        if (faults.isEmpty() && interval.isPresent()) {
            points(ClientMetricQuery.points(from, to, interval.get()), limit);
        }
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        return new ClientMetricQuery(name, groupBy, filters, from, to, interval, quantiles, (int) limit);
    }

    private List<Dimension> groupBy(@Nullable List<@Nullable String> words) {
        List<Dimension> dimensions = new ArrayList<>();
        if (words == null) {
            return dimensions;
        }
        if (words.size() > ClientMetricQuery.MAX_GROUPS) {
            fault("/groupBy", "at most %d are allowed: %d".formatted(ClientMetricQuery.MAX_GROUPS, words.size()));
        }
        for (int i = 0; i < words.size(); i++) {
            String word = String.valueOf(words.get(i));
            Optional<Dimension> dimension = Dimension.of(word).filter(ClientMetricQuery::isOfPoints);
            if (dimension.isEmpty()) {
                fault(
                        "/groupBy/" + i,
                        "is not known: '%s'; known are %s and attr.<name>"
                                .formatted(shown(word), ClientMetricQuery.DIMENSIONS));
            } else if (dimensions.contains(dimension.get())) {
                fault("/groupBy/" + i, "stands there twice: '%s'".formatted(shown(word)));
            } else {
                dimensions.add(dimension.get());
            }
        }
        return dimensions;
    }

    private List<Filter> filters(@Nullable List<@Nullable FilterBody> bodies) {
        List<Filter> filters = new FilterReader(faults).read(bodies);
        for (Filter filter : filters) {
            if (filter.dimensionOrEmpty().filter(ClientMetricQuery::isOfPoints).isEmpty()) {
                fault(
                        "/filters",
                        "points of clients can be filtered by %s and attr.<name> only"
                                .formatted(ClientMetricQuery.DIMENSIONS));
            }
        }
        return filters;
    }

    private Instant instant(String pointer, @Nullable String text) {
        String example = "an ISO 8601 instant such as 2026-11-01T00:00:00Z";
        if (text == null) {
            fault(pointer, "is missing: " + example);
            return Instant.EPOCH;
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(LATEST)) {
                return instant;
            }
            fault(pointer, "must lie between 1970 and 2200: '%s'".formatted(shown(text)));
        } catch (DateTimeException _) {
            fault(pointer, "must be %s: '%s'".formatted(example, shown(text)));
        }
        return Instant.EPOCH;
    }

    private void window(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            fault("/to", "must be after from: %s to %s".formatted(from, to));
        } else if (Duration.between(from, to).compareTo(ClientMetricQuery.MAX_WINDOW) > 0) {
            fault(
                    "/from",
                    "the window may be at most %d days: %s to %s"
                            .formatted(ClientMetricQuery.MAX_WINDOW.toDays(), from, to));
        }
    }

    private Optional<Duration> interval(String text) {
        try {
            Duration interval = Duration.parse(text);
            if (interval.compareTo(ClientMetricQuery.MIN_INTERVAL) >= 0
                    && interval.compareTo(ClientMetricQuery.MAX_WINDOW) <= 0
                    && interval.truncatedTo(ChronoUnit.SECONDS).equals(interval)) {
                return Optional.of(interval);
            }
        } catch (DateTimeException _) {
            // falls through to the one complaint about it
        }
        fault(
                "/interval",
                "must be an ISO 8601 duration of whole seconds, %s to P%dD: '%s'"
                        .formatted(ClientMetricQuery.MIN_INTERVAL, ClientMetricQuery.MAX_WINDOW.toDays(), shown(text)));
        return Optional.empty();
    }

    private void points(long points, long limit) {
        if (points > ClientMetricQuery.MAX_POINTS) {
            fault(
                    "/interval",
                    "at most %d points are allowed: %d; use a longer interval or a shorter window"
                            .formatted(ClientMetricQuery.MAX_POINTS, points));
        } else if (points * limit > ClientMetricQuery.MAX_VALUES) {
            fault(
                    "/limit",
                    "at most %d points of all series are allowed: %d series of %d points"
                            .formatted(ClientMetricQuery.MAX_VALUES, limit, points));
        }
    }

    private List<Double> quantiles(@Nullable List<@Nullable Double> sent) {
        if (sent == null) {
            return List.of(0.5, 0.95, 0.99);
        }
        List<Double> quantiles = new ArrayList<>();
        if (sent.size() > ClientMetricQuery.MAX_QUANTILES) {
            fault("/quantiles", "at most %d are allowed: %d".formatted(ClientMetricQuery.MAX_QUANTILES, sent.size()));
        }
        for (int i = 0; i < sent.size(); i++) {
            Double quantile = sent.get(i);
            if (quantile == null || !(quantile > 0 && quantile < 1)) {
                fault("/quantiles/" + i, "must be above 0 and below 1: " + quantile);
            } else {
                quantiles.add(quantile);
            }
        }
        return quantiles;
    }

    private static String shown(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }

    private void fault(String pointer, String detail) {
        faults.add(new Fault(pointer, detail));
    }
}
