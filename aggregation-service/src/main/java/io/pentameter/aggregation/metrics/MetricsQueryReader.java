package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.filter.FilterReader;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.kit.problem.Problem.Fault;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a query of what is sent, or says for each part what is wrong with it and what is allowed. Used once. */
final class MetricsQueryReader {

    /** What came of it: a query, or faults. */
    sealed interface Reading {

        record Good(MetricsQuery query) implements Reading {}

        record Bad(List<Fault> faults) implements Reading {}
    }

    private final List<Fault> faults = new ArrayList<>();
    private final int maxSeries;

    MetricsQueryReader(int maxSeries) {
        this.maxSeries = maxSeries;
    }

    Reading read(MetricsQueryBody body) {
        List<Measure> measures = measures(body.measures());
        List<Dimension> groupBy = groupBy(body.groupBy());
        List<Filter> filters = new FilterReader(faults, true).read(body.filters());
        Optional<Window> window = window(body.from(), body.to());
        Optional<Duration> interval = body.interval() == null ? Optional.empty() : interval(body.interval(), window);
        MetricsQuery.Order order = order(body.orderBy(), measures);
        int limit = limit(body.limit(), interval, window);
        PriceBasis basis = PriceBasis.read("/priceBasis", body.priceBasis(), faults);
        fit(measures, groupBy, filters);
        if (!faults.isEmpty() || window.isEmpty()) {
            return new Reading.Bad(faults);
        }
        boolean annotated = Boolean.TRUE.equals(body.annotations());
        return new Reading.Good(
                new MetricsQuery(measures, groupBy, filters, window.get(), interval, order, limit, annotated, basis));
    }

    /** Whether the groups and filters mean something for all of the measures. */
    private void fit(List<Measure> measures, List<Dimension> groupBy, List<Filter> filters) {
        Optional<Measure> ofFacts = measures.stream()
                .filter(measure -> measure.source() != FactSource.SPANS)
                .findFirst();
        if (ofFacts.isPresent()
                && filters.stream().anyMatch(filter -> filter.dimensionOrEmpty().isEmpty())) {
            fault(
                    "/filters",
                    "numbers and tags of spans cannot filter measures of scores and outcomes: '%s'"
                            .formatted(ofFacts.get().word()));
        }
        measures.stream()
                .filter(measure -> measure.source() == FactSource.INVOICES)
                .findFirst()
                .ifPresent(measure -> fitInvoices(measure, groupBy, filters));
        Optional<Measure> ofOthers = measures.stream()
                .filter(measure -> measure.source() != FactSource.OUTCOMES)
                .findFirst();
        if (ofOthers.isEmpty()) {
            return;
        }
        String detail = "outcome is a dimension of the measures of outcomes only: '%s'"
                .formatted(ofOthers.get().word());
        if (groupBy.contains(Dimension.OUTCOME)) {
            fault("/groupBy", detail);
        }
        if (filters.stream().anyMatch(filter -> filter.dimensionOrEmpty().equals(Optional.of(Dimension.OUTCOME)))) {
            fault("/filters", detail);
        }
    }

    private void fitInvoices(Measure measure, List<Dimension> groupBy, List<Filter> filters) {
        String detail = "provider is the only dimension of the measures of invoices: '%s'".formatted(measure.word());
        if (groupBy.stream().anyMatch(dimension -> !isOfInvoices(dimension))) {
            fault("/groupBy", detail);
        }
        if (filters.stream()
                .flatMap(filter -> filter.dimensionOrEmpty().stream())
                .anyMatch(dimension -> !isOfInvoices(dimension))) {
            fault("/filters", detail);
        }
    }

    private static boolean isOfInvoices(Dimension dimension) {
        return FactSource.INVOICES.columns().contains(dimension.column());
    }

    private List<Measure> measures(@Nullable List<@Nullable String> words) {
        List<Measure> measures = new ArrayList<>();
        if (words == null || words.isEmpty() || words.size() > MetricsLimits.MAX_MEASURES) {
            fault("/measures", "must name 1 to %d of %s".formatted(MetricsLimits.MAX_MEASURES, Measure.words()));
            return measures;
        }
        for (int i = 0; i < words.size(); i++) {
            String word = String.valueOf(words.get(i));
            Optional<Measure> measure = Measure.of(word);
            if (measure.isPresent()) {
                measures.add(measure.get());
            } else {
                fault("/measures/" + i, "is not known: '%s'; known are %s".formatted(word, Measure.words()));
            }
        }
        return measures.stream().distinct().toList();
    }

    private List<Dimension> groupBy(@Nullable List<@Nullable String> words) {
        List<Dimension> dimensions = new ArrayList<>();
        if (words == null) {
            return dimensions;
        }
        if (words.size() > MetricsLimits.MAX_GROUPS) {
            fault(
                    "/groupBy",
                    "at most %d dimensions are allowed: %d".formatted(MetricsLimits.MAX_GROUPS, words.size()));
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            String word = String.valueOf(words.get(i));
            Optional<Dimension> dimension = Dimension.of(word).or(() -> Dimension.ofOutcomes(word));
            if (dimension.isEmpty()) {
                fault("/groupBy/" + i, "is not known: '%s'; known are %s".formatted(word, Dimension.words()));
            } else if (seen.add(word)) {
                dimensions.add(dimension.get());
            } else {
                fault("/groupBy/" + i, "stands there twice: '%s'".formatted(word));
            }
        }
        return dimensions;
    }

    private Optional<Window> window(@Nullable String from, @Nullable String to) {
        Optional<Instant> start = instant("/from", from);
        Optional<Instant> end = instant("/to", to);
        if (start.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        if (!start.get().isBefore(end.get())) {
            fault("/to", "must be after from: %s to %s".formatted(from, to));
            return Optional.empty();
        }
        if (Duration.between(start.get(), end.get()).compareTo(MetricsLimits.MAX_WINDOW) > 0) {
            fault(
                    "/from",
                    "the window may be at most %d days: %s to %s"
                            .formatted(MetricsLimits.MAX_WINDOW.toDays(), from, to));
            return Optional.empty();
        }
        return Optional.of(new Window(start.get(), end.get()));
    }

    private Optional<Instant> instant(String pointer, @Nullable String text) {
        if (text == null) {
            fault(pointer, "is missing: an ISO 8601 instant such as 2026-11-01T00:00:00Z");
            return Optional.empty();
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (instant.isBefore(Instant.EPOCH) || instant.isAfter(Instant.parse("2200-01-01T00:00:00Z"))) {
                fault(pointer, "must lie between 1970 and 2200: '%s'".formatted(text));
                return Optional.empty();
            }
            return Optional.of(instant);
        } catch (DateTimeException _) {
            fault(pointer, "must be an ISO 8601 instant such as 2026-11-01T00:00:00Z: '%s'".formatted(text));
            return Optional.empty();
        }
    }

    private Optional<Duration> interval(String text, Optional<Window> window) {
        Duration interval;
        try {
            interval = Duration.parse(text);
        } catch (DateTimeException _) {
            fault("/interval", "must be an ISO 8601 duration such as PT5M or P1D: '%s'".formatted(text));
            return Optional.empty();
        }
        if (interval.compareTo(MetricsLimits.MIN_INTERVAL) < 0
                || interval.compareTo(MetricsLimits.MAX_WINDOW) > 0
                || !interval.truncatedTo(ChronoUnit.SECONDS).equals(interval)) {
            fault(
                    "/interval",
                    "must be whole seconds from %s to P%dD: '%s'"
                            .formatted(MetricsLimits.MIN_INTERVAL, MetricsLimits.MAX_WINDOW.toDays(), text));
            return Optional.empty();
        }
        if (window.isPresent() && Points.count(window.get(), interval) > MetricsLimits.MAX_POINTS) {
            fault(
                    "/interval",
                    "at most %d points are allowed, '%s' makes %d: use a longer interval or a shorter window"
                            .formatted(MetricsLimits.MAX_POINTS, text, Points.count(window.get(), interval)));
            return Optional.empty();
        }
        return Optional.of(interval);
    }

    private MetricsQuery.Order order(@Nullable String text, List<Measure> measures) {
        if (text == null) {
            return new MetricsQuery.Order(measures.isEmpty() ? Measure.SPANS : measures.getFirst(), true);
        }
        boolean descending = text.startsWith("-");
        Optional<Measure> measure = Measure.of(descending ? text.substring(1) : text);
        if (measure.isEmpty() || !measures.contains(measure.get())) {
            fault(
                    "/orderBy",
                    "must be one of the measures asked for %s, with - before it for the largest first: '%s'"
                            .formatted(measures.stream().map(Measure::word).toList(), text));
            return new MetricsQuery.Order(Measure.SPANS, true);
        }
        return new MetricsQuery.Order(measure.get(), descending);
    }

    private int limit(@Nullable Long limit, Optional<Duration> interval, Optional<Window> window) {
        long series = limit == null ? MetricsLimits.DEFAULT_SERIES : limit;
        if (series < 1 || series > maxSeries) {
            fault("/limit", "must be 1 to %d: %d".formatted(maxSeries, series));
            return 1;
        }
        if (interval.isPresent() && window.isPresent()) {
            long points = Points.count(window.get(), interval.get());
            if (series * points > MetricsLimits.MAX_VALUES) {
                fault(
                        "/limit",
                        "at most %d points of all series are allowed: %d series of %d points"
                                .formatted(MetricsLimits.MAX_VALUES, series, points));
            }
        }
        return (int) series;
    }

    private void fault(String pointer, String detail) {
        faults.add(new Fault(pointer, detail));
    }
}
