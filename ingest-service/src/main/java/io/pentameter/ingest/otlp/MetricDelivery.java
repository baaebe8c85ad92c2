package io.pentameter.ingest.otlp;

import java.util.List;

/**
 * The metrics of one request.
 *
 * @param metrics     in the order sent
 * @param beyondLimit how many points there were beyond the limit
 */
public record MetricDelivery(List<RawMetric> metrics, long beyondLimit) {}
