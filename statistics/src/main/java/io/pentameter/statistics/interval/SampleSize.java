package io.pentameter.statistics.interval;

/**
 * On how much an estimate rests.
 *
 * @param n         observations that entered, 0 or more: requests, or judged answers
 * @param effective size of the simple random sample that would be as precise, 0 or more; below {@code n} when weights vary
 *                  or observations are clustered, above it when strata or predictions help
 * @param labels    human labels among them or beside them, 0 or more
 */
public record SampleSize(long n, double effective, long labels) {

    public SampleSize {
        Require.atLeast(0, "n", n);
        Require.notNegative("effective", effective);
        Require.atLeast(0, "labels", labels);
    }

    /** A simple random sample without human labels. */
    public static SampleSize simple(long n) {
        return new SampleSize(n, (double) n, 0);
    }
}
