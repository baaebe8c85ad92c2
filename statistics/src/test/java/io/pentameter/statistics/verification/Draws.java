package io.pentameter.statistics.verification;

import java.util.SplittableRandom;

/** Random numbers of a study. */
public final class Draws {

    private final SplittableRandom random;

    public Draws(long seed) {
        random = new SplittableRandom(seed);
    }

    /** True with the probability. */
    public boolean hit(double probability) {
        return random.nextDouble() < probability;
    }

    /** Hits among {@code n} independent trials. */
    public int binomial(int n, double probability) {
        int hits = 0;
        for (int i = 0; i < n; i++) {
            hits += random.nextDouble() < probability ? 1 : 0;
        }
        return hits;
    }

    /** Above 0 and at most 1. */
    public double uniform() {
        return 1 - random.nextDouble();
    }

    /** Standard normal. */
    public double normal() {
        return random.nextGaussian();
    }

    /** 0 to {@code below} - 1. */
    public int index(int below) {
        return random.nextInt(below);
    }

    /** Marked balls among {@code drawn} taken without return from {@code all}, of which {@code marked} are. */
    public int hypergeometric(int all, int marked, int drawn) {
        int hits = 0;
        for (int i = 0; i < drawn; i++) {
            if (random.nextInt(all - i) < marked - hits) {
                hits++;
            }
        }
        return hits;
    }
}
