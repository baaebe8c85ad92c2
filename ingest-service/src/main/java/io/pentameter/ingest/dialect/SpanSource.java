package io.pentameter.ingest.dialect;

/**
 * Who sent a group of spans: the resource and the instrumentation.
 *
 * @param resource     the resource's attributes, read by the mapping table
 * @param scopeName    name of the instrumentation, empty if not said
 * @param scopeVersion its version, empty if not said
 */
public record SpanSource(Reading resource, String scopeName, String scopeVersion) {}
