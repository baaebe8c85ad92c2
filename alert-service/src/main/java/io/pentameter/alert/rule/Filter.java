package io.pentameter.alert.rule;

/**
 * A condition on a dimension, as in the metrics query.
 *
 * @param op eq or ne
 */
public record Filter(String dimension, String op, String value) {}
