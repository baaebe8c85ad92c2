package io.pentameter.alert.delivery;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a destination is told: what changed, why, and what to do.
 *
 * @param at the numbers' own time of the change
 */
public record Notice(Kind kind, Instant at, Episode alert, Source rule, Figures figures) {

    /** What happened. */
    public enum Kind {
        FIRING("firing"),
        RESOLVED("resolved"),
        /** Somebody tries a destination. */
        TEST("test");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * Which alert.
     *
     * @param since      when it began to fire
     * @param resolution why it was resolved; absent while it fires
     * @param link       where to read more
     */
    public record Episode(
            String tenant,
            String id,
            String fingerprint,
            Map<String, String> group,
            Instant since,
            @Nullable String resolution,
            String link) {

        public Episode {
            group = Map.copyOf(group);
        }
    }

    /**
     * Which rule.
     *
     * @param condition for people, for example {@code latency_p95 > 2000 ms}
     */
    public record Source(
            String id, String name, String severity, String owner, String runbook, String condition, Duration window) {}

    /**
     * The numbers behind it.
     *
     * @param measure as the metrics query words it
     * @param op      as the API words it
     * @param sample  what the value rests on
     */
    public record Figures(
            String measure, String op, BigDecimal value, BigDecimal threshold, long sample, String sampleOf) {}
}
