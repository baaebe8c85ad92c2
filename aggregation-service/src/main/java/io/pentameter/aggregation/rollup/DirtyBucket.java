package io.pentameter.aggregation.rollup;

import java.time.Instant;

/**
 * A bucket to seal.
 *
 * @param records that the sink had taken for it when it was looked at
 */
record DirtyBucket(String tenant, Instant start, long records) {}
