package io.pentameter.ingest.intake;

import io.pentameter.ingest.otlp.DecodeLimits;
import java.time.Duration;

/**
 * Limits of a delivery.
 *
 * @param maxAge         how old a span's start may be
 * @param maxAhead       how far ahead of our clock a span's start and end may be
 * @param maxRecordBytes largest record that the log takes
 */
public record IntakeLimits(DecodeLimits decode, Duration maxAge, Duration maxAhead, int maxRecordBytes) {

    public IntakeLimits {
        if (maxAge.isNegative() || maxAhead.isNegative()) {
            throw new IllegalArgumentException("maxAge and maxAhead must not be negative: " + maxAge + ", " + maxAhead);
        }
    }
}
