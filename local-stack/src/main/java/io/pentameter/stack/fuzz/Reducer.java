package io.pentameter.stack.fuzz;

import java.util.Arrays;
import java.util.Optional;

/** Makes the body of a mutant smaller as long as the same thing is wrong with the reply. */
final class Reducer {

    static final int MOST_TRIES = 150;

    private final Door door;

    Reducer(Door door) {
        this.door = door;
    }

    Mutant smallest(Mutant mutant, String fault) {
        Mutant best = mutant;
        int tries = 0;
        for (int part = Math.max(1, best.body().length / 2); part >= 1 && tries < MOST_TRIES; part /= 2) {
            int at = 0;
            while (at < best.body().length && tries < MOST_TRIES) {
                Mutant smaller = best.withBody(without(best.body(), at, part));
                tries++;
                if (Judgement.of(smaller, door.send(smaller)).equals(Optional.of(fault))) {
                    best = smaller;
                } else {
                    at += part;
                }
            }
        }
        return best;
    }

    static byte[] without(byte[] body, int from, int length) {
        int end = Math.min(body.length, from + length);
        byte[] rest = Arrays.copyOf(body, body.length - (end - from));
        System.arraycopy(body, end, rest, from, body.length - end);
        return rest;
    }
}
