package io.pentameter.aggregation.explain;

/**
 * What an item, or the whole, did in a window. Tokens are those of the calls that have a price.
 *
 * @param requests traces with a call
 * @param calls    that have a price
 * @param unpriced calls without one
 * @param failed   of all calls
 * @param retries  second and further attempts
 * @param p50      of the tokens of a call; p95 likewise
 */
record Traffic(
        long requests,
        long calls,
        long unpriced,
        long failed,
        long retries,
        long inputTokens,
        long cachedTokens,
        long outputTokens,
        double p50,
        double p95,
        long nano) {

    static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    long allCalls() {
        return calls + unpriced;
    }

    /** Of the calls; 0 without any. */
    double per(long what) {
        return calls == 0 ? 0 : (double) what / calls;
    }

    /** Share of the calls that have a price; 1 if there are none. */
    double coverage() {
        return allCalls() == 0 ? 1 : (double) calls / allCalls();
    }
}
