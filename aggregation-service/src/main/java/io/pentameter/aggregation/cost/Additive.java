package io.pentameter.aggregation.cost;

import io.pentameter.aggregation.rollup.Base;
import io.pentameter.aggregation.rollup.TagShares;
import java.util.Locale;

/** What is summed over spans. Each adds up over disjoint groups, exactly. */
enum Additive {
    /** Spans that stand for what a user asked once. */
    REQUESTS(Base.REQUESTS, "0"),
    /** Spans that should have a price: calls with usage or cost. */
    CALLS(Base.PRICEABLE, "0"),
    /** Those that have one. */
    PRICED_CALLS(Base.PRICED, "0"),
    INPUT_TOKENS(Base.INPUT_TOKENS, "if(startsWith(part.1, 'in_'), part.2, 0)"),
    CACHED_TOKENS(Base.CACHED_TOKENS, "if(part.1 = 'in_cache_read', part.2, 0)"),
    OUTPUT_TOKENS(Base.OUTPUT_TOKENS, "if(startsWith(part.1, 'out_'), part.2, 0)"),
    REASONING_TOKENS(Base.REASONING_TOKENS, "if(part.1 = 'out_reasoning', part.2, 0)"),
    /** Tokens of the calls that have a price. */
    PRICED_TOKENS(Base.PRICED_TOKENS, "if(cost_known AND match(part.1, '^(in|out)_'), part.2, 0)"),
    COST(Base.COST_NANO, "part.3");

    private final Base base;
    private final String ofPart;

    /** @param ofPart its whole number of a part: word, units, 1e-9 USD; a count has none */
    Additive(Base base, String ofPart) {
        this.base = base;
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
        return base.isCount();
    }

    /** The aggregate over the rows of {@link LedgerSql#split}: by token class as priced, among tags in whole numbers. */
    String overParts() {
        return isOfWholeCalls()
                ? "sumIf(1 / tag_count, part_no = 1 AND " + base.condition() + ")"
                : "sum(" + TagShares.share("toInt64(" + ofPart + ")") + ")";
    }

    /** The same where spans are summed already: of the rows of {@link TokenClassSql}. */
    String ofClass() {
        return isOfWholeCalls() ? "if(part_no = 1, s_" + column() + ", 0)" : this == PRICED_TOKENS ? "part.4" : ofPart;
    }
}
