package io.pentameter.aggregation.metrics;

import java.time.Duration;

/** What a metrics query may ask for; each is named in the answer to who asks for more. */
final class MetricsLimits {

    static final Duration MAX_WINDOW = Duration.ofDays(400);
    static final Duration MIN_INTERVAL = Duration.ofMinutes(1);
    static final long MAX_POINTS = 2_000;
    static final int MAX_SERIES = 1_000;
    /** Of each tenant, on the internal route for all tenants. */
    static final int MAX_SERIES_OF_ALL = 100_000;

    /** Lines on the internal route for what each value spent. */
    static final int MAX_VALUES_OF_SPEND = 3_000_000;

    static final int DEFAULT_SERIES = 100;
    /** Series times points. */
    static final long MAX_VALUES = 200_000;

    static final int MAX_MEASURES = 40;
    static final int MAX_GROUPS = 6;

    private MetricsLimits() {}
}
