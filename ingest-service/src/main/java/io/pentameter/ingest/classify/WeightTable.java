package io.pentameter.ingest.classify;

import java.util.Arrays;

/**
 * Weights of a log-linear model by feature: what a feature's key adds to each outcome. Immutable and thread-safe.
 *
 * <p>OpenNLP's models hold the same as a map of strings; here a feature is a number, so that classifying a text makes no object
 * for each of its features. Rows with many weights lie side by side, the others as pairs of outcome and weight.
 */
final class WeightTable {

    /** Stands for a free place; no feature has this key. */
    private static final long FREE = 0;

    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final int MAX_OUTCOMES = 128;

    private final int width;
    private final int shift;
    private final long[] keys;

    /** Of the row's first weight: in {@link #pairs}, or if below 0, its complement in {@link #rows}. */
    private final int[] places;

    private final byte[] sizes;
    private final float[] rows;
    private final float[] pairs;
    private final byte[] outcomes;

    private WeightTable(Draft draft) {
        width = draft.width;
        int capacity = Math.max(8, Integer.highestOneBit(Math.max(1, draft.count)) * 4);
        shift = Long.numberOfLeadingZeros(capacity) + 1;
        keys = new long[capacity];
        places = new int[capacity];
        sizes = new byte[capacity];
        rows = Arrays.copyOf(draft.rows, draft.rowsEnd);
        pairs = Arrays.copyOf(draft.pairs, draft.pairsEnd);
        outcomes = Arrays.copyOf(draft.outcomes, draft.pairsEnd);
        for (int i = 0; i < draft.count; i++) {
            int slot = slot(draft.keys[i]);
            if (keys[slot] == FREE) { // of two features with one key the first counts
                keys[slot] = draft.keys[i];
                places[slot] = draft.places[i];
                sizes[slot] = draft.sizes[i];
            }
        }
    }

    /** Adds the feature's weights to the sums, one for each outcome; false if the feature is unknown. */
    boolean addTo(float[] sums, long key) {
        int slot = slot(key);
        if (keys[slot] == FREE) {
            return false;
        }
        int place = places[slot];
        if (place < 0) {
            int row = ~place;
            for (int i = 0; i < width; i++) {
                sums[i] += rows[row + i];
            }
        } else {
            int end = place + sizes[slot];
            for (int i = place; i < end; i++) {
                sums[outcomes[i]] += pairs[i];
            }
        }
        return true;
    }

    /** Where the key is, or would be. */
    private int slot(long key) {
        int slot = (int) ((key * SPREAD) >>> shift);
        while (keys[slot] != key && keys[slot] != FREE) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    /** Collects features. Not thread-safe. */
    static final class Draft {

        private final int width;
        private int count;
        private long[] keys = new long[1024];
        private int[] places = new int[1024];
        private byte[] sizes = new byte[1024];
        private float[] rows = new float[4096];
        private int rowsEnd;
        private float[] pairs = new float[4096];
        private byte[] outcomes = new byte[4096];
        private int pairsEnd;

        /** @param width number of outcomes, 1 to 128 */
        Draft(int width) {
            if (width < 1 || width > MAX_OUTCOMES) {
                throw new IllegalArgumentException("a table has 1 to " + MAX_OUTCOMES + " outcomes: " + width);
            }
            this.width = width;
        }

        /**
         * Adds a feature.
         *
         * @param key     not 0
         * @param weights one for each outcome; a feature whose weights are all 0 is known and adds nothing
         */
        void add(long key, float[] weights) {
            if (count == keys.length) {
                keys = Arrays.copyOf(keys, 2 * count);
                places = Arrays.copyOf(places, 2 * count);
                sizes = Arrays.copyOf(sizes, 2 * count);
            }
            int size = 0;
            for (int i = 0; i < width; i++) {
                size += weights[i] == 0 ? 0 : 1;
            }
            keys[count] = key;
            sizes[count] = (byte) size;
            places[count++] = 3 * size >= width ? row(weights) : pairs(weights, size);
        }

        private int row(float[] weights) {
            if (rowsEnd + width > rows.length) {
                rows = Arrays.copyOf(rows, 2 * rows.length + width);
            }
            System.arraycopy(weights, 0, rows, rowsEnd, width);
            rowsEnd += width;
            return ~(rowsEnd - width);
        }

        private int pairs(float[] weights, int size) {
            if (pairsEnd + size > pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * pairs.length + size);
                outcomes = Arrays.copyOf(outcomes, pairs.length);
            }
            int first = pairsEnd;
            for (int i = 0; i < width; i++) {
                if (weights[i] != 0) {
                    outcomes[pairsEnd] = (byte) i;
                    pairs[pairsEnd++] = weights[i];
                }
            }
            return first;
        }

        WeightTable table() {
            return new WeightTable(this);
        }
    }
}
