package io.pentameter.aggregation.cost;

/** What a cost query may ask for; each is named in the answer to who asks for more. */
public final class CostLimits {

    /** Dimensions of one query. */
    public static final int MAX_GROUPS = 6;

    static final int MAX_LIMIT = 1_000;
    static final int DEFAULT_LIMIT = 20;
    static final int MAX_OUTCOME_NAME = 200;

    private CostLimits() {}
}
