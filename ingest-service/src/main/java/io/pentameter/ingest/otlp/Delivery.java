package io.pentameter.ingest.otlp;

import io.pentameter.ingest.dialect.RawSpan;
import java.util.List;

/**
 * The spans of one request.
 *
 * @param spans       the first spans, up to the limit, in the order sent
 * @param beyondLimit how many more there were
 */
public record Delivery(List<RawSpan> spans, int beyondLimit) {}
