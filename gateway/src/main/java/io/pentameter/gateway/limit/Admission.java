package io.pentameter.gateway.limit;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether a request may pass, and what the caller is told of its limits.
 *
 * @param refused   why not; empty if it may
 * @param rateLimit value of the RateLimit header
 * @param policy    value of the RateLimit-Policy header
 */
public record Admission(Optional<Exceeded> refused, String rateLimit, String policy) {

    /**
     * @param limit which one, for example {@code tenant spans per second}
     * @param rate  how much it allows
     * @param delay  until the next request may pass, above zero
     */
    public record Exceeded(String limit, long rate, Duration delay) {

        /** One of six words for metrics: {@code limit_tenant_spans} or the like. */
        public String reason() {
            return "limit_" + limit.replace(" per second", "").replace(' ', '_');
        }

        /** For the caller's eyes. */
        public String sentence() {
            return "the limit of %d %s is exceeded; try again in %d s"
                    .formatted(rate, limit, Math.max(1, delay.plusMillis(999).toSeconds()));
        }
    }
}
