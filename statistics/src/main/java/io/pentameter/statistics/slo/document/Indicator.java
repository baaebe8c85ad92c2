package io.pentameter.statistics.slo.document;

import java.math.BigDecimal;

/** What an objective is measured by. */
public sealed interface Indicator {

    /** Good events among all. */
    record GoodRatio(Source good, Source total, boolean counter) implements Indicator {}

    /** Bad events among all. */
    record BadRatio(Source bad, Source total, boolean counter) implements Indicator {}

    /** A ratio that was computed elsewhere, of failures or of successes. */
    record RawRatio(Source raw, boolean failure) implements Indicator {}

    /**
     * A number that is good on one side of a threshold.
     *
     * @param operator lt, lte, gt or gte: good when the number is so against {@code value}
     */
    record Threshold(Source metric, String operator, BigDecimal value) implements Indicator {}

    /** Answers faster than a latency, in a native histogram (Pyrra). */
    record NativeLatency(Source total, String latency) implements Indicator {}

    /** A gauge of 0 and 1 (Pyrra). */
    record BooleanGauge(Source gauge) implements Indicator {}
}
