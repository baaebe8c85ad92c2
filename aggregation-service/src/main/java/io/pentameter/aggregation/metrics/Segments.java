package io.pentameter.aggregation.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A window as one rollup has it: a run of sealed buckets, but for some of them, and the rest.
 *
 * @param sealed  whole buckets; absent if nothing is read from the rollup
 * @param dirty   starts of the buckets within {@code sealed} that are not read from it
 * @param raw     windows not read from it, in order, disjoint
 */
record Segments(Optional<Window> sealed, List<Instant> dirty, List<Window> raw) {

    /** More pieces than this are not worth it: the whole window is read raw. */
    static final int MAX_PIECES = 60;

    public Segments {
        dirty = List.copyOf(dirty);
        raw = List.copyOf(raw);
    }

    static Segments allRaw(Window window) {
        return new Segments(Optional.empty(), List.of(), List.of(window));
    }

    /** The whole buckets of the window, if there are any. */
    static Optional<Window> wholeBuckets(Window window, Duration width) {
        long seconds = width.toSeconds();
        long from = Window.secondAtOrAfter(window.from());
        long first = Math.ceilDiv(from, seconds) * seconds;
        long end = Math.floorDiv(window.to().getEpochSecond(), seconds) * seconds;
        return first < end
                ? Optional.of(new Window(Instant.ofEpochSecond(first), Instant.ofEpochSecond(end)))
                : Optional.empty();
    }

    /**
     * Everything sealed from the rollup, the rest raw.
     *
     * @param whole    as {@link #wholeBuckets} gives it
     * @param unsealed starts of the buckets in it that cannot be read from the rollup
     */
    static Segments of(Window window, Window whole, Duration width, Collection<Instant> unsealed) {
        List<Window> raw = new ArrayList<>();
        if (window.from().isBefore(whole.from())) {
            raw.add(new Window(window.from(), whole.from()));
        }
        TreeSet<Instant> dirty = new TreeSet<>(unsealed);
        for (Instant start : dirty) {
            append(raw, new Window(start, start.plus(width)));
        }
        if (whole.to().isBefore(window.to())) {
            append(raw, new Window(whole.to(), window.to()));
        }
        long buckets = whole.length().toSeconds() / width.toSeconds();
        return dirty.size() == buckets || raw.size() > MAX_PIECES
                ? allRaw(window)
                : new Segments(Optional.of(whole), List.copyOf(dirty), raw);
    }

    private static void append(List<Window> raw, Window next) {
        if (!raw.isEmpty() && raw.getLast().to().equals(next.from())) {
            Window last = raw.removeLast();
            raw.add(new Window(last.from(), next.to()));
        } else {
            raw.add(next);
        }
    }
}
