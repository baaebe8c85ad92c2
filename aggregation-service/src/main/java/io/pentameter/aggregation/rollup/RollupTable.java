package io.pentameter.aggregation.rollup;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table of sealed buckets: how wide a bucket is and by which columns of the span its rows are grouped.
 *
 * <p>A histogram pays only if it stands for some thirty spans or more: the rollups by customer and by session, of which there may be
 * millions, have sums only, and so has the one for long windows.
 */
public enum RollupTable {
    /** For windows of weeks: sums without histograms, and the classes of tokens apart. */
    ROLLUP_MODEL_1D(
            Duration.ofDays(1),
            Duration.ofDays(4),
            Bases.SUMS_AND_CLASSES,
            List.of("feature", "route", "environment", "kind", "model", "provider")),
    /** The same for windows of days: a twelfth of the rows of five minutes. */
    ROLLUP_MODEL_1H(
            Duration.ofHours(1),
            Duration.ofDays(2),
            Bases.SUMS_AND_CLASSES,
            List.of("feature", "route", "environment", "kind", "model", "provider")),
    ROLLUP_MODEL_5M(
            Duration.ofMinutes(5),
            Duration.ZERO,
            Bases.SUMS_AND_HISTOGRAMS,
            List.of("feature", "environment", "kind", "model", "provider")),
    ROLLUP_WIDE_1H(
            Duration.ofHours(1),
            Duration.ZERO,
            Bases.SUMS_AND_HISTOGRAMS,
            List.of(
                    "feature",
                    "route",
                    "intent",
                    "environment",
                    "region",
                    "release",
                    "service",
                    "operation",
                    "kind",
                    "model",
                    "provider",
                    "prompt_name",
                    "prompt_version",
                    "key_id",
                    "language",
                    "failure")),
    /** Sums of each customer's day: what budgets for each customer, and the dearest customers, are read from. */
    ROLLUP_CUSTOMER_1D(Duration.ofDays(1), Duration.ZERO, Bases.SUMS, List.of("customer")),
    /** What a conversation had in an hour: one row for its spans, often some tens of them. */
    ROLLUP_SESSION_1H(
            Duration.ofHours(1),
            Duration.ofHours(6),
            Bases.LEDGER,
            List.of("customer", "user", "session", "feature", "environment")),
    /** What each customer used in an hour. */
    ROLLUP_CUSTOMER_1H(
            Duration.ofHours(1),
            Duration.ofHours(6),
            Bases.LEDGER,
            List.of("customer", "feature", "environment", "model", "provider")),
    /** What each tag had, of spans split among their tags. */
    ROLLUP_TAG_1H(
            Duration.ofHours(1),
            Duration.ofHours(6),
            Bases.LEDGER,
            List.of("tag", "feature", "environment", "model", "provider")),
    /** What each value of each attribute had that the tenant has declared: every span is in it once for each of them. */
    ROLLUP_OWN_1H(
            Duration.ofHours(1),
            Duration.ofHours(6),
            Bases.LEDGER,
            List.of(RollupTable.OWN_KEY, RollupTable.OWN_VALUE, "feature", "environment", "model", "provider"));

    /** Column with the name of a declared attribute; whoever reads the table must choose one of them. */
    public static final String OWN_KEY = "own_key";

    /** Column with the value that a span has of it; empty text if none. */
    public static final String OWN_VALUE = "own_value";

    /** What a table keeps of each group. */
    private enum Bases {
        SUMS_AND_HISTOGRAMS,
        SUMS_AND_CLASSES,
        SUMS,
        /** What costs are told with. */
        LEDGER;

        private static final Set<Base> OF_THE_LEDGER = EnumSet.of(
                Base.SPANS,
                Base.REQUESTS,
                Base.REQUEST_ERRORS,
                Base.MODEL_CALLS,
                Base.MODEL_CALL_ERRORS,
                Base.USAGE_SPANS,
                Base.INPUT_TOKENS,
                Base.CACHED_TOKENS,
                Base.OUTPUT_TOKENS,
                Base.REASONING_TOKENS,
                Base.PRICEABLE,
                Base.PRICED,
                Base.PRICED_TOKENS,
                Base.COST_NANO);

        private Set<Base> set() {
            Set<Base> bases = EnumSet.allOf(Base.class);
            switch (this) {
                case SUMS_AND_HISTOGRAMS -> bases.removeIf(Base::isByClass);
                case SUMS_AND_CLASSES -> bases.removeIf(Base::isHistogram);
                case SUMS -> bases.removeIf(base -> base.isByClass() || base.isHistogram());
                case LEDGER -> bases.retainAll(OF_THE_LEDGER);
            }
            return bases;
        }
    }

    /** A bucket is sealed again at most so many times within its width: the wider, the more there is to read. */
    private static final int SEALS_PER_WIDTH = 288;

    private final Duration width;
    private final Duration leastWindow;
    private final Bases bases;

    @SuppressWarnings("ImmutableEnumChecker") // List.of cannot be changed
    private final List<String> columns;

    /** @param leastWindow in shorter ones, the spans at both ends, which no whole bucket holds, are most of what is read */
    RollupTable(Duration width, Duration leastWindow, Bases bases, List<String> columns) {
        this.width = width;
        this.leastWindow = leastWindow;
        this.bases = bases;
        this.columns = columns;
    }

    public String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By which seals name it: a seal of another layout is none. */
    String sealName() {
        return table() + "/" + Base.LAYOUT;
    }

    /** The same for each layout that there was. */
    List<String> sealNames() {
        return Stream.concat(
                        Stream.of(table()),
                        IntStream.rangeClosed(1, Base.LAYOUT).mapToObj(layout -> table() + "/" + layout))
                .toList();
    }

    /** Whether its rows may name somebody: they are kept no longer than the table keeps spans. */
    public boolean keepsNames() {
        return !ROLLUP_WIDE_1H.columns.containsAll(columns);
    }

    /**
     * Whether its rows go when the tenant's retention ends. A customer's days stay: they are the ledger's accounts, which budgets and reports of months
     * are told by.
     */
    public boolean endsWithRetention() {
        return keepsNames() && this != ROLLUP_CUSTOMER_1D;
    }

    /** Of a bucket; buckets begin at multiples of it since the epoch. */
    public Duration width() {
        return width;
    }

    public List<String> columns() {
        return columns;
    }

    /** What is kept of each group. */
    public Set<Base> bases() {
        return bases.set();
    }

    /** Whether its rows are of spans that are split among their tags. */
    public boolean isOfTags() {
        return this == ROLLUP_TAG_1H;
    }

    /** Whether its rows are of one declared attribute each: sums over several of them count spans several times. */
    public boolean isOfOwnDimensions() {
        return this == ROLLUP_OWN_1H;
    }

    /**
     * Those that have all of it and are worth it, the quickest first.
     *
     * @param columns with {@link #OWN_VALUE} if an own dimension is among them
     * @param window  what is asked for
     */
    static Stream<RollupTable> having(Collection<String> columns, Collection<Base> bases, Duration window) {
        return Arrays.stream(values())
                .filter(table -> window.compareTo(table.leastWindow) >= 0)
                .filter(table -> table.isOfOwnDimensions() == columns.contains(OWN_VALUE))
                .filter(table ->
                        table.columns.containsAll(columns) && table.bases().containsAll(bases));
    }

    /**
     * From which a window is read: the quickest that can answer, and the next one of narrower buckets for what it leaves; none if no
     * rollup has it all.
     *
     * @param interval of the points; each must be made of whole buckets
     */
    public static List<RollupTable> levels(
            Collection<String> columns, Collection<Base> bases, Duration window, Optional<Duration> interval) {
        List<RollupTable> all = having(columns, bases, window)
                .filter(table -> interval.isEmpty() || interval.get().toSeconds() % table.width.toSeconds() == 0)
                .toList();
        return Stream.concat(
                        all.stream().limit(1),
                        all.stream()
                                .filter(table -> table.width.compareTo(all.getFirst().width) < 0)
                                .limit(1))
                .toList();
    }

    /** Least time between two seals of a bucket. */
    Duration pause(Duration wanted) {
        Duration least = width.dividedBy(SEALS_PER_WIDTH);
        return wanted.compareTo(least) > 0 ? wanted : least;
    }
}
