package io.pentameter.aggregation.engine;

/** Runs what changes tables: migrations and seals. */
public interface Statements {

    /**
     * Runs one statement to its end.
     *
     * @throws IllegalStateException if the engine refuses it
     */
    void run(String sql, Bindings bindings);
}
