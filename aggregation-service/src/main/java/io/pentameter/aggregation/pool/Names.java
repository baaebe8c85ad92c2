package io.pentameter.aggregation.pool;

import java.util.Arrays;

/** Values of dimensions, each kept once and known by its number from then on. Not thread-safe. */
final class Names {

    private static final long PRIME = 0x100000001b3L;

    private final Numbered numbers;
    private final long seed;
    private String[] texts = new String[64];

    /**
     * No names yet.
     *
     * @param most names; beyond it the question is refused
     * @param seed any number that who chooses the names does not know: else they could all be made to collide
     */
    Names(int most, long seed) {
        this.seed = seed;
        numbers = new Numbered(
                most,
                "the allocation has more than %d names: ask for a dimension of fewer values or filter pools"
                        .formatted(most));
    }

    int of(String text) {
        int number = numbers.of(hash(text), candidate -> texts[candidate].equals(text));
        if (number == texts.length) {
            texts = Arrays.copyOf(texts, number * 2);
        }
        texts[number] = text;
        return number;
    }

    private long hash(String text) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    String text(int number) {
        return texts[number];
    }

    int size() {
        return numbers.size();
    }
}
