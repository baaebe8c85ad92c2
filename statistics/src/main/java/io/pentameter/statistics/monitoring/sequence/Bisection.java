package io.pentameter.statistics.monitoring.sequence;

import java.util.function.DoubleUnaryOperator;

/** Root of a function that changes its sign once: slow, and never wrong. */
final class Bisection {

    private static final int HALVINGS = 200;

    private Bisection() {}

    /** The point where {@code function} changes sign, to the last bit; its values at both ends differ in sign. */
    static double root(DoubleUnaryOperator function, double from, double to) {
        double low = from;
        double high = to;
        boolean risesToPositive = function.applyAsDouble(high) > 0;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = low + (high - low) / 2;
            if (middle == low || middle == high) {
                break;
            }
            if (function.applyAsDouble(middle) > 0 == risesToPositive) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low + (high - low) / 2;
    }
}
