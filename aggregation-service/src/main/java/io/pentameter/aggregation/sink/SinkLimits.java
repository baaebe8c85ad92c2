package io.pentameter.aggregation.sink;

import java.time.Duration;

/**
 * When a batch is written: at the first limit that it reaches.
 *
 * @param records of one batch
 * @param bytes   of their values in the log
 * @param age     of the oldest record in it
 */
record SinkLimits(int records, long bytes, Duration age) {

    SinkLimits {
        if (records < 1 || bytes < 1 || age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException(
                    "limits must be above 0: %d records, %d bytes, %s".formatted(records, bytes, age));
        }
    }
}
