package io.pentameter.stack.chaos;

/** What a call costs by the book: 0.15 USD a million of input, 0.075 of cached input, 0.60 of output. */
final class Price {

    static final String MODEL = "gpt-4o-mini-2024-07-18";

    private static final long NANO_OF_INPUT = 150;
    private static final long NANO_OF_CACHED = 75;
    private static final long NANO_OF_OUTPUT = 600;

    private Price() {}

    /** One call; what is cached is no part of {@code uncached}. */
    static Amounts call(long uncached, long cached, long output) {
        return new Amounts(
                1,
                uncached + cached,
                output,
                uncached * NANO_OF_INPUT + cached * NANO_OF_CACHED + output * NANO_OF_OUTPUT);
    }
}
