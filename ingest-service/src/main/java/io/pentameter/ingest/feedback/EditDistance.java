package io.pentameter.ingest.feedback;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How much of a text was changed: Levenshtein's distance over code points, divided by the length of the longer text.
 *
 * <p>Bit-parallel, 64 rows at a time: G. Myers, A Fast Bit-Vector Algorithm for Approximate String Matching Based on
 * Dynamic Programming, JACM 46 (1999), in the form of H. Hyyrö, Explaining and Extending the Bit-parallel Approximate String
 * Matching Algorithm of Myers (2001) for blocks.
 */
final class EditDistance {

    private static final int WORD = 64;

    private EditDistance() {}

    /** From 0, nothing was changed, to 1, nothing was left. */
    static double normalised(String before, String after) {
        int[] a = before.codePoints().toArray();
        int[] b = after.codePoints().toArray();
        int longer = Math.max(a.length, b.length);
        return longer == 0 ? 0 : (double) between(a, b) / longer;
    }

    /** Insertions, deletions and replacements that make b of a. */
    static int between(int[] a, int[] b) {
        if (a.length == 0 || b.length == 0) {
            return Math.max(a.length, b.length);
        }
        int blocks = (a.length + WORD - 1) / WORD;
        Map<Integer, long[]> positions = HashMap.newHashMap(64);
        for (int i = 0; i < a.length; i++) {
            positions.computeIfAbsent(a[i], _ -> new long[blocks])[i / WORD] |= 1L << i;
        }
        long[] none = new long[blocks];
        long[] up = new long[blocks];
        long[] down = new long[blocks];
        Arrays.fill(up, -1L);
        long last = 1L << (a.length - 1);
        int score = a.length;
        for (int c : b) {
            long[] equal = positions.getOrDefault(c, none);
            // what comes into the first row: each column begins one higher than the one before
            int carry = 1;
            for (int block = 0; block < blocks; block++) {
                long mask = block == blocks - 1 ? last : Long.MIN_VALUE;
                carry = step(up, down, block, equal[block], carry, mask);
            }
            score += carry;
        }
        return score;
    }

    /** One column of one block; returns by how much its row under the mask is higher than in the column before. */
    private static int step(long[] up, long[] down, int block, long equal, int carryIn, long mask) {
        long isNegative = carryIn < 0 ? 1 : 0;
        long vertical = equal | down[block];
        long matches = equal | isNegative;
        long diagonal = (((matches & up[block]) + up[block]) ^ up[block]) | matches;
        long plus = down[block] | ~(diagonal | up[block]);
        long minus = up[block] & diagonal;
        int carryOut = (plus & mask) != 0 ? 1 : (minus & mask) != 0 ? -1 : 0;
        plus = (plus << 1) | (carryIn > 0 ? 1 : 0);
        minus = (minus << 1) | isNegative;
        up[block] = minus | ~(vertical | plus);
        down[block] = plus & vertical;
        return carryOut;
    }
}
