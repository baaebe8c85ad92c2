package io.pentameter.aggregation.rollup;

import java.time.Instant;
import java.util.List;

/**
 * A bucket to seal.
 *
 * @param records    that the sink had taken for it when it was looked at
 * @param attributes that the tenant had declared as own dimensions then; empty in the rollups that have none
 */
record DirtyBucket(String tenant, Instant start, long records, List<String> attributes) {

    DirtyBucket {
        attributes = List.copyOf(attributes);
    }

    /** Rows that its spans are made into before they are summed, about. */
    long rows() {
        return records * Math.max(1, attributes.size());
    }
}
