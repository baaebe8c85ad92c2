package io.pentameter.statistics.drift;

import io.pentameter.statistics.interval.Require;

/** Checks and shares of counts per category; counts may be weighted, hence doubles. */
final class Counts {

    private Counts() {}

    static double total(String name, double[] counts) {
        double total = 0;
        for (double count : counts) {
            total += Require.notNegative(name, count);
        }
        return Require.notNegative("sum of " + name, total);
    }

    /** Refuses lists of unequal length, and sides without any count. */
    static void requirePair(double[] reference, double[] current) {
        Require.sameLength("reference", reference.length, "current", current.length);
        if (!(total("reference", reference) > 0) || !(total("current", current) > 0)) {
            throw new IllegalArgumentException("reference and current must hold counts: sums %s and %s"
                    .formatted(total("reference", reference), total("current", current)));
        }
    }
}
