package io.pentameter.aggregation.metrics;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.rollup.DirtySql;
import io.pentameter.aggregation.rollup.RollupTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * How a window is read: sealed buckets from rollups, and the rest from the spans. Each moment is read once.
 *
 * @param sealed what is read from rollups
 * @param raw    windows read from the spans, disjoint
 */
public record ReadPlan(List<Sealed> sealed, List<Window> raw) {

    /** What a rollup leaves is read from the spans at once if it is shorter. */
    private static final Duration WORTH_ANOTHER_ROLLUP = Duration.ofHours(3);

    public ReadPlan {
        sealed = List.copyOf(sealed);
        raw = List.copyOf(raw);
    }

    /**
     * Whole buckets of a rollup.
     *
     * @param dirty starts of those among them that are not read
     */
    public record Sealed(RollupTable rollup, Window whole, List<Instant> dirty) {

        public Sealed {
            dirty = List.copyOf(dirty);
        }

        /** Condition on {@code bucket}. */
        public String during(Bindings bindings) {
            String without = dirty.isEmpty()
                    ? ""
                    : " AND toInt64(toUnixTimestamp(bucket)) NOT IN "
                            + Bindings.longNumbers(
                                    dirty.stream().map(Instant::getEpochSecond).toList());
            return "bucket >= " + bindings.second(whole.from()) + " AND bucket < " + bindings.second(whole.to())
                    + without;
        }
    }

    /**
     * Plans.
     *
     * @param rollups as {@link RollupTable#levels} gives them
     * @param dirty   the buckets of these rollups that begin in the window, or hold its beginning, and cannot be read; asked for at most once
     */
    public static ReadPlan of(Window window, List<RollupTable> rollups, Supplier<List<DirtySql.Start>> dirty) {
        if (rollups.stream()
                .allMatch(
                        rollup -> Segments.wholeBuckets(window, rollup.width()).isEmpty())) {
            return new ReadPlan(List.of(), List.of(window));
        }
        List<DirtySql.Start> unreadable = dirty.get();
        List<Sealed> sealed = new ArrayList<>();
        List<Window> rest = List.of(window);
        for (RollupTable rollup : rollups) {
            List<Window> next = new ArrayList<>();
            for (Window part : rest) {
                boolean isWorth = rollup == rollups.getFirst() || part.length().compareTo(WORTH_ANOTHER_ROLLUP) >= 0;
                Segments segments = isWorth ? segments(part, rollup, unreadable) : Segments.allRaw(part);
                segments.sealed().ifPresent(whole -> sealed.add(new Sealed(rollup, whole, segments.dirty())));
                next.addAll(segments.raw());
            }
            rest = next;
        }
        return new ReadPlan(sealed, rest);
    }

    private static Segments segments(Window window, RollupTable rollup, List<DirtySql.Start> unreadable) {
        return Segments.wholeBuckets(window, rollup.width())
                .map(whole -> Segments.of(
                        window,
                        whole,
                        rollup.width(),
                        unreadable.stream()
                                .filter(start -> start.rollup() == rollup && whole.holds(start.at()))
                                .map(DirtySql.Start::at)
                                .toList()))
                .orElse(Segments.allRaw(window));
    }
}
