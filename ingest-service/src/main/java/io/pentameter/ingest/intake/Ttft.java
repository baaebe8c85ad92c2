package io.pentameter.ingest.intake;

import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.RawEvent;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.Reading;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

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
        double sinceStart = sinceStart(span, reading.text(Field.FIRST_TOKEN_AT));
        if (!Double.isNaN(sinceStart)) {
            return sinceStart;
        }
        for (RawEvent event : span.events()) {
            if (event.name().equals("ai.stream.firstChunk") && event.timeNs() > 0) {
                return (double) event.timeNs() - span.startNs();
            }
        }
        return Double.NaN;
    }

    private static double sinceStart(RawSpan span, @Nullable String timeOfDay) {
        if (timeOfDay == null) {
            return Double.NaN;
        }
        try {
            Instant at = Instant.parse(timeOfDay);
            long sinceEpoch = Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
            return (double) sinceEpoch - span.startNs();
        } catch (DateTimeParseException | ArithmeticException _) {
            return Double.NaN;
        }
    }
}
