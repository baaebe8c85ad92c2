package io.pentameter.aggregation.generation;

/** A repricing of a tenant became visible or invisible: what its calls cost now is another amount; told to whoever compares it. */
public record PricesChanged(String tenant) {}
