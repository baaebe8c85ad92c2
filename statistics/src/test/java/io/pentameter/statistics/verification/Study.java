package io.pentameter.statistics.verification;

import java.util.List;

/** One simulation: what it shows, and the figures that it measures beside the published ones. */
public interface Study {

    /** Key in kebab-case, that of the case in the fixtures where there is one. */
    String id();

    /** Area under which the report lists it, such as {@code Sampling}. */
    String area();

    /** What is simulated and what the figures show, one or two sentences. */
    String shows();

    /**
     * Measures. The same seed and effort give the same figures on every machine.
     *
     * @param seed   seed of every random number of this run
     * @param effort how many of the full replicates to run
     */
    List<Figure> run(long seed, Effort effort);
}
