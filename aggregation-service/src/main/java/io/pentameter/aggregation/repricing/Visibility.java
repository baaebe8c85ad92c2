package io.pentameter.aggregation.repricing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a generation is seen.
 *
 * @param appliedAt  absent if it never was
 * @param revertedAt absent if it was not taken back
 */
record Visibility(@Nullable Instant appliedAt, @Nullable Instant revertedAt) {

    static final Visibility NEVER = new Visibility(null, null);
}
