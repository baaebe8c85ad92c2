package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.filter.FilterBody;
import io.pentameter.aggregation.filter.FilterReader;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what questions of cost have in common and gathers what is wrong with them. Used for one request. */
public final class CostRequest {

    private static final Duration MAX_WINDOW = Duration.ofDays(400);
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final List<Fault> faults = new ArrayList<>();

    public void fault(String pointer, String detail) {
        faults.add(new Fault(pointer, detail));
    }

    /** Ends the request if anything was wrong. */
    public void check() {
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
    }

    public List<Filter> filters(@Nullable List<@Nullable FilterBody> bodies) {
        return new FilterReader(faults).read(bodies);
    }

    /**
     * A window of at most 400 days; empty, with a fault, if it is none.
     *
     * @param pointer of the object that holds it: empty for the body itself, else {@code /before}
     */
    public Optional<Window> window(String pointer, @Nullable String from, @Nullable String to) {
        Optional<Instant> start = instant(pointer + "/from", from);
        Optional<Instant> end = instant(pointer + "/to", to);
        if (start.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        if (!start.get().isBefore(end.get())) {
            fault(pointer + "/to", "must be after from: %s to %s".formatted(from, to));
            return Optional.empty();
        }
        if (Duration.between(start.get(), end.get()).compareTo(MAX_WINDOW) > 0) {
            fault(
                    pointer + "/from",
                    "the window may be at most %d days: %s to %s".formatted(MAX_WINDOW.toDays(), from, to));
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
            if (instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST)) {
                fault(pointer, "must lie between 1970 and 2200: '%s'".formatted(text));
                return Optional.empty();
            }
            return Optional.of(instant);
        } catch (DateTimeException _) {
            fault(pointer, "must be an ISO 8601 instant such as 2026-11-01T00:00:00Z: '%s'".formatted(text));
            return Optional.empty();
        }
    }

    /** Dimensions in the order asked for, none twice. */
    public List<CostDimension> dimensions(String pointer, @Nullable List<@Nullable String> words) {
        List<CostDimension> dimensions = new ArrayList<>();
        if (words == null) {
            return dimensions;
        }
        if (words.size() > CostLimits.MAX_GROUPS) {
            fault(pointer, "at most %d dimensions are allowed: %d".formatted(CostLimits.MAX_GROUPS, words.size()));
            return dimensions;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            String word = String.valueOf(words.get(i));
            Optional<CostDimension> dimension = CostDimension.of(word);
            if (dimension.isEmpty()) {
                fault(pointer + "/" + i, "is not known: '%s'; known are %s".formatted(word, CostDimension.words()));
            } else if (seen.add(word)) {
                dimensions.add(dimension.get());
            } else {
                fault(pointer + "/" + i, "stands there twice: '%s'".formatted(word));
            }
        }
        return dimensions;
    }

    /** By which prices; as priced now if it is absent. */
    public PriceBasis priceBasis(String pointer, @Nullable String word) {
        return PriceBasis.read(pointer, word, faults);
    }

    /** Whether something that is there unless it is left out is asked for: {@code include} or {@code exclude}. */
    public boolean isIncluded(String parameter, @Nullable String word) {
        if (word != null && !word.equals("include") && !word.equals("exclude")) {
            fault(parameter, "must be include or exclude: '%s'".formatted(word));
        }
        return !"exclude".equals(word);
    }

    /** A whole number, or {@code otherwise} if it is absent. */
    public int number(String pointer, @Nullable Long value, int otherwise, int most) {
        if (value == null) {
            return otherwise;
        }
        if (value < 1 || value > most) {
            fault(pointer, "must be 1 to %d: %d".formatted(most, value));
            return otherwise;
        }
        return value.intValue();
    }
}
