package io.pentameter.ingest.otlp;

import java.util.List;

/**
 * The log records of one request.
 *
 * @param logs        the first records, up to the limit, in the order sent
 * @param beyondLimit how many more there were
 */
public record LogDelivery(List<RawLog> logs, int beyondLimit) {}
