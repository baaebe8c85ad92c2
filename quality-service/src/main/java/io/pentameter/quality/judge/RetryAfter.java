package io.pentameter.quality.judge;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The Retry-After header, RFC 9110 §10.2.3: seconds or a date. */
final class RetryAfter {

    /** Longest wait that an endpoint can make us take. */
    static final Duration MAX = Duration.ofHours(1);

    private RetryAfter() {}

    /** How long to wait: zero if the header is absent, empty, unreadable or past. */
    static Duration parse(String header, Instant now) {
        String text = header.strip();
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        try {
            if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return limited(text.length() > 9 ? MAX : Duration.ofSeconds(Long.parseLong(text)));
            }
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return limited(Duration.between(now, at));
        } catch (DateTimeException _) {
            return Duration.ZERO;
        }
    }

    private static Duration limited(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(MAX) > 0 ? MAX : wait;
    }
}
