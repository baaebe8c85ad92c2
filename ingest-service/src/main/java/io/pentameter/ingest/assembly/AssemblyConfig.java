package io.pentameter.ingest.assembly;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How pieces of runs are kept. */
@ConfigMapping(prefix = "pentameter.assembly")
public interface AssemblyConfig {

    /** How long the pieces of a trace are kept after its last one came; a later piece makes a span of its own. */
    @WithDefault("P7D")
    Duration keep();

    /** Most pieces of a trace; those beyond are refused. */
    @WithDefault("20000")
    int maxFragments();

    /** Deliveries that may be at the store at a time; each holds a connection. */
    @WithDefault("12")
    int maxConcurrent();

    /** How long a delivery waits for its turn at the store; beyond it the answer is 503. */
    @WithDefault("5S")
    Duration maxWait();

    /** How often old pieces are looked for. */
    @WithDefault("10M")
    Duration sweepEvery();

    /**
     * Calls without a payload that are remembered of tenants that have never sent a log event or an evaluation by an answer's
     * id, so that the first of those still finds them.
     */
    @WithDefault("16M")
    MemorySize maxRecent();

    /** Most evaluations of a tenant that wait for their span, for as long as {@link #keep}; others are refused. */
    @WithDefault("20000")
    int maxWaitingScores();

    /** How long feedback of LangSmith's clients can be read, changed and taken back by its id; its score stays. */
    @WithDefault("P90D")
    Duration keepFeedback();
}
