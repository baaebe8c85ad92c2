package io.pentameter.aggregation.pool;

import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import java.util.Arrays;

/** Hands out numbers from 0 on, one for each key that is another; a table of a million takes some megabytes. Not thread-safe. */
final class Numbered {

    private static final int FIRST_SLOTS = 1 << 8;

    private final int most;
    private final String complaint;
    private long[] hashes = new long[FIRST_SLOTS / 2];
    private int[] slots = new int[FIRST_SLOTS];
    private int size;

    /**
     * A table without keys.
     *
     * @param most      numbers
     * @param complaint what to answer where there are more
     */
    Numbered(int most, String complaint) {
        this.most = most;
        this.complaint = complaint;
    }

    int size() {
        return size;
    }

    /** Whether the key that has this number is the one that is looked for. */
    @FunctionalInterface
    interface Same {
        boolean is(int number);
    }

    /**
     * The key's number; a new one, equal to {@link #size} before, if it has none yet.
     *
     * @param hash equal for equal keys
     */
    int of(long hash, Same same) {
        int slot = slot(hash);
        while (slots[slot] != 0) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash && same.is(number)) {
                return number;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        if (size == most) {
            throw new ProblemException(ProblemKind.UNPROCESSABLE, complaint);
        }
        hashes[size] = hash;
        slots[slot] = ++size;
        if (size == hashes.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        hashes = Arrays.copyOf(hashes, size * 2);
        slots = new int[size * 4];
        for (int number = 0; number < size; number++) {
            int slot = slot(hashes[number]);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = number + 1;
        }
    }

    private int slot(long hash) {
        long mixed = hash * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (slots.length - 1);
    }
}
