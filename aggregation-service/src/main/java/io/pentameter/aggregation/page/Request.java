package io.pentameter.aggregation.page;

import io.pentameter.kit.problem.Problem.Fault;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads parameters of a list's request and collects what is wrong with them. Used for one request. */
public final class Request {

    public static final int MAX_LIMIT = 1_000;
    public static final Duration MAX_WINDOW = Duration.ofDays(400);
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_TEXT = 1_000;
    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-fA-F]{32}");

    private final List<Fault> faults = new ArrayList<>();

    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    public void fault(String parameter, String detail) {
        faults.add(new Fault(parameter, detail));
    }

    /** 1 to {@link #MAX_LIMIT}. */
    public int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // falls through to the one complaint about it
        }
        fault("limit", "must be 1 to %d: '%s'".formatted(MAX_LIMIT, text));
        return DEFAULT_LIMIT;
    }

    /** The instant, or {@code otherwise} if the parameter is absent. */
    public Instant instant(String parameter, @Nullable String text, Instant otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(Instant.parse("2200-01-01T00:00:00Z"))) {
                return instant;
            }
            fault(parameter, "must lie between 1970 and 2200: '%s'".formatted(text));
        } catch (DateTimeException _) {
            fault(parameter, "must be an ISO 8601 instant such as 2026-11-01T00:00:00Z: '%s'".formatted(text));
        }
        return otherwise;
    }

    /** Complains unless {@code from} is before {@code to}, and not too long. */
    public void window(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            fault("to", "must be after from: %s to %s".formatted(from, to));
        } else if (Duration.between(from, to).compareTo(MAX_WINDOW) > 0) {
            fault("from", "the window may be at most %d days: %s to %s".formatted(MAX_WINDOW.toDays(), from, to));
        }
    }

    public Optional<String> text(String parameter, @Nullable String text) {
        if (text != null && text.length() > MAX_TEXT) {
            fault(parameter, "must have at most %d characters".formatted(MAX_TEXT));
            return Optional.empty();
        }
        return Optional.ofNullable(text);
    }

    /** A trace id in hexadecimal digits. */
    public Optional<String> traceId(String parameter, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        if (!isTraceId(text)) {
            fault(parameter, "must be 32 hexadecimal digits: '%s'".formatted(text));
            return Optional.empty();
        }
        return Optional.of(text);
    }

    public static boolean isTraceId(String text) {
        return TRACE_ID.matcher(text).matches();
    }

    /** The position of a cursor; empty for the first page. */
    public Optional<List<String>> position(Cursors cursors, Cursors.Place place, @Nullable String cursor) {
        if (cursor == null) {
            return Optional.empty();
        }
        Optional<List<String>> position = cursors.position(place, cursor);
        if (position.isEmpty()) {
            fault("cursor", "is not a cursor of this list; begin without one");
        }
        return position;
    }
}
