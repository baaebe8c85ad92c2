package io.pentameter.statistics.verification;

import java.util.List;

/** A study whose parts are given one by one. */
record Simulation(String id, String area, String shows, Run measure) implements Study {

    /** The simulation itself. */
    @FunctionalInterface
    interface Run {
        List<Figure> run(long seed, Effort effort);
    }

    @Override
    public List<Figure> run(long seed, Effort effort) {
        return measure.run(seed, effort);
    }
}
