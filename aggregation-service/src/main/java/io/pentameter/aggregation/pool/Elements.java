package io.pentameter.aggregation.pool;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Whom costs are allocated to, numbered in the order in which they were met: a name for each dimension asked for. Not thread-safe. */
final class Elements {

    private final Names names;
    private final int depth;
    private final Numbered numbers;
    private long[] keys = new long[64];

    /**
     * Nobody yet.
     *
     * @param depth number of dimensions, 1 or 2
     * @param most  elements; beyond it the question is refused
     */
    Elements(Names names, int depth, int most) {
        this.names = names;
        this.depth = depth;
        numbers = new Numbered(
                most,
                "the allocation has more than %d elements: ask for a shorter window or for a dimension of fewer values"
                        .formatted(most));
    }

    /** @param second number of the second name; ignored if there is but one dimension */
    int of(int first, int second) {
        long key = depth == 1 ? first : (((long) first << 32) | second);
        int number = numbers.of(key, candidate -> keys[candidate] == key);
        if (number == keys.length) {
            keys = Arrays.copyOf(keys, number * 2);
        }
        keys[number] = key;
        return number;
    }

    int size() {
        return numbers.size();
    }

    /** Its names; an empty text where not known. */
    List<String> path(int element) {
        return depth == 1
                ? List.of(names.text((int) keys[element]))
                : List.of(names.text((int) (keys[element] >>> 32)), names.text((int) keys[element]));
    }

    /** By their names. */
    Comparator<Integer> order() {
        return (one, other) -> {
            int first = name(one).compareTo(name(other));
            return (first != 0 || depth == 1)
                    ? first
                    : names.text((int) keys[one]).compareTo(names.text((int) keys[other]));
        };
    }

    private String name(int element) {
        return names.text((int) (depth == 1 ? keys[element] : keys[element] >>> 32));
    }
}
