package io.pentameter.alert.rule;

import io.pentameter.kit.problem.Problem.Fault;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads parts of the input, takes a default for what is absent, and gathers what is wrong. */
public final class Faults {

    static final int MAX_DESTINATIONS = 20;
    private static final int MAX_DIGITS = 30;

    private final List<Fault> found = new ArrayList<>();

    public List<Fault> found() {
        return List.copyOf(found);
    }

    public void add(String field, String detail) {
        found.add(new Fault("/" + field, detail));
    }

    /** A word out of a set; missing is wrong if there is no default. */
    public <T> @Nullable T word(
            String field,
            @Nullable String given,
            Function<String, Optional<T>> reader,
            Collection<String> allowed,
            @Nullable T absent) {
        if (given == null) {
            if (absent == null) {
                add(field, "%s is missing; it must be one of %s".formatted(field, String.join(", ", allowed)));
            }
            return absent;
        }
        Optional<T> read = reader.apply(given);
        if (read.isEmpty()) {
            add(field, "%s must be one of %s: %s".formatted(field, String.join(", ", allowed), shortened(given)));
        }
        return read.orElse(absent);
    }

    Duration duration(String field, @Nullable String given, Range range) {
        if (given == null) {
            return range.absent();
        }
        try {
            Duration duration = Duration.parse(given);
            if (duration.compareTo(range.min()) >= 0 && duration.compareTo(range.max()) <= 0) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException _) {
            // said below
        }
        add(
                field,
                "%s must be an ISO-8601 duration in %s..%s: %s"
                        .formatted(field, range.min(), range.max(), shortened(given)));
        return range.absent();
    }

    long number(String field, @Nullable Number given, long absent, long max) {
        if (given == null) {
            return absent;
        }
        long number = given.longValue();
        if (number < (field.equals("groupLimit") ? 1 : 0) || number > max) {
            add(field, "%s must be in %d..%d: %d".formatted(field, field.equals("groupLimit") ? 1 : 0, max, number));
            return absent;
        }
        return number;
    }

    public @Nullable BigDecimal decimal(String field, @Nullable BigDecimal given) {
        if (given != null && (given.precision() > MAX_DIGITS || Math.abs(given.scale()) > MAX_DIGITS)) {
            add(field, "%s must have at most %d digits before and after the point".formatted(field, MAX_DIGITS));
            return null;
        }
        return given;
    }

    public String text(String field, @Nullable String given, int min, int max) {
        String text = given == null ? "" : given;
        if (text.strip().length() < min || text.length() > max || text.indexOf('\0') >= 0) {
            add(
                    field,
                    "%s must have %d..%d characters, none of them NUL: %d".formatted(field, min, max, text.length()));
        }
        return text;
    }

    /** Ids, or that of all; nothing given is all. */
    public List<String> destinations(@Nullable List<@Nullable String> given) {
        if (given == null) {
            return List.of(RuleDefinition.ALL_DESTINATIONS);
        }
        if (given.size() > MAX_DESTINATIONS) {
            add(
                    "destinations",
                    "destinations must have at most %d entries: %d".formatted(MAX_DESTINATIONS, given.size()));
            return List.of();
        }
        List<String> read = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            read.add(text("destinations/" + i, given.get(i), 1, RuleReader.MAX_NAME));
        }
        return read.stream().distinct().toList();
    }

    public static String shortened(String given) {
        return given.length() <= 100 ? given : given.substring(0, 100) + "…";
    }

    /** @param absent what holds if nothing is given */
    record Range(Duration min, Duration max, Duration absent) {

        static Range of(String min, String max, String absent) {
            return new Range(Duration.parse(min), Duration.parse(max), Duration.parse(absent));
        }
    }
}
