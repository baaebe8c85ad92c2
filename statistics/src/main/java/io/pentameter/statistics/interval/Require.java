package io.pentameter.statistics.interval;

/** Refuses an argument that is out of range with a message that names argument, range and value. */
public final class Require {

    private Require() {}

    /** Returns {@code value} if it is in {@code 0..1}, ends included. */
    public static double share(String name, double value) {
        if (!(value >= 0 && value <= 1)) { // also refuses NaN, here and below
            throw new IllegalArgumentException("%s must be in 0.0..1.0: %s".formatted(name, value));
        }
        return value;
    }

    /** Returns {@code value} if it is in {@code 0..1} and not 0: a probability by which one may divide. */
    public static double probability(String name, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException("%s must be above 0.0 and at most 1.0: %s".formatted(name, value));
        }
        return value;
    }

    /** Returns {@code value} if it is strictly between 0 and 1. */
    public static double betweenZeroAndOne(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "%s must be between 0.0 and 1.0, ends excluded: %s".formatted(name, value));
        }
        return value;
    }

    /** Returns {@code value} if it is above 0 and finite. */
    public static double positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s must be above 0 and finite: %s".formatted(name, value));
        }
        return value;
    }

    /** Returns {@code value} if it is 0 or more and finite. */
    public static double notNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s must be 0 or more and finite: %s".formatted(name, value));
        }
        return value;
    }

    /** Returns {@code value} if it is neither NaN nor infinite. */
    public static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("%s must be a finite number: %s".formatted(name, value));
        }
        return value;
    }

    /** Returns {@code value} if it is {@code least} or more. */
    public static long atLeast(long least, String name, long value) {
        if (value < least) {
            throw new IllegalArgumentException("%s must be %d or more: %d".formatted(name, least, value));
        }
        return value;
    }

    /** Returns {@code value} if it is {@code least} or more. */
    public static int atLeast(int least, String name, int value) {
        return (int) atLeast((long) least, name, (long) value);
    }

    /** Refuses two lists that must run in step but do not. */
    public static void sameLength(String left, int leftLength, String right, int rightLength) {
        if (leftLength != rightLength) {
            throw new IllegalArgumentException(
                    "%s and %s must have the same length: %d and %d".formatted(left, right, leftLength, rightLength));
        }
    }
}
