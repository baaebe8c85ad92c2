package io.pentameter.ingest.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Times as clients write them: ISO 8601 with or without an offset (then UTC), or a number of milliseconds. */
public final class VendorTime {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000L);
    private static final int MAX_SCALE = 30;
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private VendorTime() {}

    /** Nanoseconds since the epoch; absent if the value is no time from 1970 to 2199. */
    public static @Nullable Long nanos(JsonNode value) {
        if (value.isNumber()) {
            return ofMillis(value.decimalValue());
        }
        return value.isTextual() ? ofText(value.asText()) : null;
    }

    private static @Nullable Long ofMillis(BigDecimal millis) {
        // exponents are bounded first: arithmetic with 1e-999999999 would take all memory
        boolean isFar = millis.signum() <= 0
                || Math.abs((long) millis.scale()) > MAX_SCALE
                || (long) millis.precision() - millis.scale() > 13;
        return isFar
                ? null
                : millis.multiply(NANOS_PER_MILLI)
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .longValueExact();
    }

    private static @Nullable Long ofText(String text) {
        if (text.length() < 10 || text.length() > 40) {
            return null;
        }
        try {
            if (isUsual(text)) {
                return nanos(usual(text));
            }
            String iso = text.charAt(10 < text.length() ? 10 : 0) == ' ' ? text.replaceFirst(" ", "T") : text;
            Instant instant = hasOffset(iso)
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            return nanos(instant);
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** Whether it is like {@code 2026-11-21T12:00:00.123Z}, as nearly all clients write; the digits are not looked at. */
    private static boolean isUsual(String text) {
        int length = text.length();
        return length >= 20
                && length <= 30
                && length != 21
                && text.charAt(length - 1) == 'Z'
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && (length == 20 || text.charAt(19) == '.');
    }

    private static Instant usual(String text) {
        LocalDateTime time = LocalDateTime.of(
                digits(text, 0, 4),
                digits(text, 5, 7),
                digits(text, 8, 10),
                digits(text, 11, 13),
                digits(text, 14, 16),
                digits(text, 17, 19));
        int fraction = 0;
        for (int at = 20; at < 29; at++) {
            fraction = fraction * 10 + (at < text.length() - 1 ? digits(text, at, at + 1) : 0);
        }
        return time.toInstant(ZoneOffset.UTC).plusNanos(fraction);
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("no digit");
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static boolean hasOffset(String iso) {
        return iso.endsWith("Z") || iso.indexOf('+', 10) > 0 || iso.indexOf('-', 10) > 0;
    }

    /** Nanoseconds since the epoch; absent outside 1970 to 2199. */
    public static @Nullable Long nanos(Instant instant) {
        return instant.isBefore(EARLIEST) || !instant.isBefore(LATEST)
                ? null
                : instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }
}
