package io.pentameter.aggregation.owndimension;

import java.time.Instant;
import java.util.List;

/**
 * What a tenant has declared: attributes whose sums are kept for each hour. What is not declared is read from the spans, with the
 * same result.
 *
 * @param attributes their names, without {@code attr.}, in the order of the tenant
 * @param changes    how many times the tenant declared something; 0 for never
 * @param version    of the last declaration, growing; 0 for none
 * @param changedBy  who made it; empty for nobody
 */
public record OwnDimensions(List<String> attributes, long changes, long version, String changedBy, Instant changedAt) {

    /** Attributes that a tenant can declare: each is one more row for each group of an hour. */
    public static final int MAX = 8;

    public OwnDimensions {
        attributes = List.copyOf(attributes);
    }
}
