package io.pentameter.aggregation.pool;

import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import java.util.Arrays;

/** What was measured on a day, by path, in the order of the paths' names; each path once. Not thread-safe. */
final class Cells {

    private int[][] steps;
    private long[] quantities = new long[16];
    private int size;
    private long total;

    /** @param depth names of a path, 1 or more */
    Cells(int depth) {
        steps = new int[depth][16];
    }

    /**
     * Adds the next path.
     *
     * @param path     numbers of names, behind all paths that are there already
     * @param quantity 0 or more
     */
    Cells add(int[] path, long quantity) {
        if (size == quantities.length) {
            quantities = Arrays.copyOf(quantities, size * 2);
            for (int step = 0; step < steps.length; step++) {
                steps[step] = Arrays.copyOf(steps[step], size * 2);
            }
        }
        for (int step = 0; step < steps.length; step++) {
            steps[step][size] = path[step];
        }
        quantities[size++] = quantity;
        if (total > Long.MAX_VALUE - quantity) {
            throw new ProblemException(
                    ProblemKind.UNPROCESSABLE, "more than %d units were measured on a day".formatted(Long.MAX_VALUE));
        }
        total += quantity;
        return this;
    }

    int size() {
        return size;
    }

    int name(int row, int step) {
        return steps[step][row];
    }

    long quantity(int row) {
        return quantities[row];
    }

    /** Sum of the quantities. */
    long total() {
        return total;
    }

    /** In the order of the paths. */
    long[] quantities() {
        return Arrays.copyOf(quantities, size);
    }
}
