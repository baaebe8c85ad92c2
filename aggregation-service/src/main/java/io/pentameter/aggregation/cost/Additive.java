package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.rollup.Base;
import java.util.Locale;

/** What is summed over spans. Each adds up over disjoint groups, exactly. */
enum Additive {
    /** Spans that stand for what a user asked once. */
    REQUESTS(Base.REQUESTS, Kind.COUNT, "is_request", ""),
    /** Spans that should have a price: calls with usage or cost. */
    CALLS(Base.PRICEABLE, Kind.COUNT, "((has_cost OR has_usage) AND NOT usage_repeated)", ""),
    /** Those that have one. */
    PRICED_CALLS(Base.PRICED, Kind.COUNT, "(cost_known AND NOT usage_repeated)", ""),
    INPUT_TOKENS(Base.INPUT_TOKENS, Kind.TOKENS, Sums.INPUT, "startsWith(part.1, 'in_')"),
    CACHED_TOKENS(Base.CACHED_TOKENS, Kind.TOKENS, "in_cache_read", "part.1 = 'in_cache_read'"),
    OUTPUT_TOKENS(Base.OUTPUT_TOKENS, Kind.TOKENS, Sums.OUTPUT, "startsWith(part.1, 'out_')"),
    REASONING_TOKENS(Base.REASONING_TOKENS, Kind.TOKENS, "out_reasoning", "part.1 = 'out_reasoning'"),
    /** Tokens of the calls that have a price. */
    PRICED_TOKENS(
            Base.PRICED_TOKENS,
            Kind.TOKENS,
            "if(cost_known, " + Sums.INPUT + " + " + Sums.OUTPUT + ", 0)",
            "(cost_known AND match(part.1, '^(in|out)_'))"),
    COST(Base.COST_NANO, Kind.MONEY, LedgerSql.PAID, "true");

    /** Tokens of a span. */
    private static final class Sums {
        static final String INPUT =
                "(in_uncached + in_cache_read + in_cache_write_5m + in_cache_write_1h + in_audio + in_image)";
        static final String OUTPUT = "(out_text + out_reasoning + out_audio)";
    }

    /** How it is split when a span is. */
    private enum Kind {
        /** Evenly among tags, in fractions; not among token classes: a call has all of its classes. */
        COUNT,
        /** By token class as used, among tags in whole tokens. */
        TOKENS,
        /** By token class as priced, among tags in whole nano-dollars. */
        MONEY
    }

    private final Base base;
    private final Kind kind;
    private final String ofSpan;
    private final String ofPart;

    /**
     * @param ofSpan its amount of a span; a condition for what is counted
     * @param ofPart which parts of a span belong to it
     */
    Additive(Base base, Kind kind, String ofSpan, String ofPart) {
        this.base = base;
        this.kind = kind;
        this.ofSpan = ofSpan;
        this.ofPart = ofPart;
    }

    Base base() {
        return base;
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a group by token class has none of its own: a call has all of its classes. */
    boolean isOfWholeCalls() {
        return kind == Kind.COUNT;
    }

    /** The aggregate over the rows of {@link LedgerSql#split}. */
    String overParts(boolean byTokenClass) {
        if (kind == Kind.COUNT) {
            return "sumIf(1 / tag_count, part_no = 1 AND " + ofSpan + ")";
        }
        if (!byTokenClass) {
            return "sum(" + LedgerSql.share("toInt64(if(usage_repeated, 0, " + ofSpan + "))") + ")";
        }
        return "sumIf(" + LedgerSql.share(kind == Kind.MONEY ? "part.3" : "part.2") + ", " + ofPart + ")";
    }
}
