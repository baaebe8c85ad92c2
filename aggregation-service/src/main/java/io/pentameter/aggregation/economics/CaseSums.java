package io.pentameter.aggregation.economics;

/**
 * Sums over cases; amounts in 1e-9 USD.
 *
 * @param stated       cases with an outcome that says whether they succeeded
 * @param resolved     those that did
 * @param valueNano    amounts of successful outcomes
 * @param judgedPriced judgements with a cost
 */
record CaseSums(
        long cases,
        long stated,
        long resolved,
        long valueNano,
        long inferenceNano,
        long retrievalNano,
        long otherNano,
        long calls,
        long priced,
        long judgeNano,
        long judged,
        long judgedPriced,
        long reviewNano,
        long reviewed,
        long reviewedPriced) {

    static final CaseSums NONE = new CaseSums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    CaseSums minus(CaseSums other) {
        return new CaseSums(
                cases - other.cases,
                stated - other.stated,
                resolved - other.resolved,
                valueNano - other.valueNano,
                inferenceNano - other.inferenceNano,
                retrievalNano - other.retrievalNano,
                otherNano - other.otherNano,
                calls - other.calls,
                priced - other.priced,
                judgeNano - other.judgeNano,
                judged - other.judged,
                judgedPriced - other.judgedPriced,
                reviewNano - other.reviewNano,
                reviewed - other.reviewed,
                reviewedPriced - other.reviewedPriced);
    }
}
