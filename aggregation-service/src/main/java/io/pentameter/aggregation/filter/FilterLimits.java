package io.pentameter.aggregation.filter;

/** What filters may be. */
final class FilterLimits {

    static final int MAX_FILTERS = 30;
    static final int MAX_FILTER_VALUES = 1_000;
    static final int MAX_TEXT = 2_000;

    private FilterLimits() {}
}
