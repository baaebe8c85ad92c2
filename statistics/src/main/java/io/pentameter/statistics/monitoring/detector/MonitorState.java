package io.pentameter.statistics.monitoring.detector;

import java.time.Duration;
import java.time.Instant;

/**
 * Where a monitored stream stands; each state offers only the ways out that it has.
 *
 * <pre>
 * Learning ──learned──▶ Armed ──alarm──▶ Alarmed ──acknowledge──▶ Acknowledged
 *    ▲                   ▲                  │resolve                  │resolve
 *    │                   └──at(until)── Cooling ◀─────────────────────┘
 *    └──relearn── from every state (new prompt or model version, or a person accepts the new level)
 * </pre>
 *
 * <p>On an alarm the caller starts the detector anew and opens an incident; the baseline is frozen while the incident
 * is open. In {@link Cooling} the detector runs and the digest sees it, but nobody is paged.
 */
public sealed interface MonitorState {

    /** No page is repeated within this time after an incident ends. */
    Duration COOL_DOWN = Duration.ofHours(24);

    /** When the state was entered. */
    Instant since();

    /** Starts over with a new baseline: an explicit, audited act, or a new version. */
    default Learning relearn(Instant at) {
        return new Learning(at);
    }

    /** Whether an alarm of the detector may page somebody now. */
    default boolean pages() {
        return this instanceof Armed;
    }

    /** Whether new units may enter the baseline. */
    default boolean feedsBaseline() {
        return !(this instanceof Alarmed || this instanceof Acknowledged);
    }

    /** The baseline is still too small; only service-level alarms run. */
    record Learning(Instant since) implements MonitorState {

        /** The baseline has its days and units. */
        public Armed learned(Instant at) {
            return new Armed(at);
        }
    }

    /** Watching. */
    record Armed(Instant since) implements MonitorState {

        /** The detector has reached its threshold. */
        public Alarmed alarm(Instant at) {
            return new Alarmed(at);
        }
    }

    /** An incident is open and nobody has taken it yet. */
    record Alarmed(Instant since) implements MonitorState {

        /** A person has seen it. */
        public Acknowledged acknowledge(Instant at) {
            return new Acknowledged(at);
        }

        /** Back to normal by itself, see {@link Recovery}. */
        public Cooling resolve(Instant at) {
            return new Cooling(at, at.plus(COOL_DOWN));
        }
    }

    /** An incident is open and somebody works on it. */
    record Acknowledged(Instant since) implements MonitorState {

        /** The incident is over. */
        public Cooling resolve(Instant at) {
            return new Cooling(at, at.plus(COOL_DOWN));
        }
    }

    /** The incident is over; pages are held back before {@code until}. */
    record Cooling(Instant since, Instant until) implements MonitorState {

        public Cooling {
            if (until.isBefore(since)) {
                throw new IllegalArgumentException("until must not be before %s: %s".formatted(since, until));
            }
        }

        /** {@link Armed} from {@code until} on, else still cooling. */
        public MonitorState at(Instant now) {
            return now.isBefore(until) ? this : new Armed(until);
        }
    }
}
