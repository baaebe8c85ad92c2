package io.pentameter.stack.chaos;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Whom the next round kills: each once in an order that chance gives, then each once in another. */
final class Victims<T> {

    private final List<T> all;
    private final Random random;
    private final List<T> left = new ArrayList<>();

    /**
     * Victims in an order that is the same for the same seed.
     *
     * @param all not empty
     */
    Victims(List<T> all, long seed) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to kill");
        }
        this.all = List.copyOf(all);
        this.random = new Random(seed);
    }

    T next() {
        if (left.isEmpty()) {
            left.addAll(all);
            Collections.shuffle(left, random);
        }
        return left.removeLast();
    }
}
