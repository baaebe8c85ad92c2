package io.pentameter.aggregation.invoice;

/** A tenant's imports are others than before; told to whoever compares them. */
public record InvoicesChanged(String tenant) {}
