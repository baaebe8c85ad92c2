package io.pentameter.ingest.intake;

import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.RawEvent;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.Reading;

/** Time to the first token, in whatever unit the client gives it. */
final class Ttft {

    /** How much later than the span's end it may be: clients take it with another clock. */
    static final long TOLERANCE_NS = 1_000_000_000L;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private Ttft() {}

    /** Nanoseconds after the start; NaN if not known. */
    static double nanos(RawSpan span, Reading reading) {
        double seconds = reading.number(Field.TTFT_SECONDS);
        if (!Double.isNaN(seconds)) {
            return seconds * NANOS_PER_SECOND;
        }
        double millis = reading.number(Field.TTFT_MILLIS);
        if (!Double.isNaN(millis)) {
            return millis * NANOS_PER_MILLI;
        }
        for (RawEvent event : span.events()) {
            if (event.name().equals("ai.stream.firstChunk") && event.timeNs() > 0) {
                return (double) event.timeNs() - span.startNs();
            }
        }
        return Double.NaN;
    }
}
