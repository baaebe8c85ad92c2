package io.pentameter.aggregation.pool;

import java.util.Comparator;
import java.util.List;

/** Values of several dimensions in a row. */
final class Paths {

    /** Step by step; of two that are the same so far the shorter one first. */
    static final Comparator<List<String>> ORDER = Paths::compare;

    private Paths() {}

    private static int compare(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(one.size(), other.size());
    }
}
