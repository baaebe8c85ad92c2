package io.pentameter.alert.identity;

/** Gives ids that were never given before. */
@FunctionalInterface
public interface Ids {

    /**
     * @param prefix what it names, for example {@code rule}
     * @return for example {@code rule_0b7tq2nd5kx8vy3m}
     */
    String next(String prefix);
}
