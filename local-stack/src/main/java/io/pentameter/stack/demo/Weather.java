package io.pentameter.stack.demo;

import java.time.Duration;

/**
 * How the providers do at a moment of the demo: mostly well; once in each period the calls of one feature's first provider
 * fail for half a minute.
 */
record Weather(boolean isIncident) {

    /** Soon enough that the first alert fires within the first minute. */
    static final Duration FIRST_INCIDENT = Duration.ofSeconds(12);

    static final Duration INCIDENT_LENGTH = Duration.ofSeconds(30);
    static final Duration PERIOD = Duration.ofMinutes(10);
    static final Feature STRUCK = Feature.SUPPORT_CHAT;
    static final String STRUCK_PROVIDER = "openai";

    private static final double INCIDENT_FAILURES = 0.75;
    private static final double USUAL_FAILURES = 0.004;

    /** The weather so long after the beginning. */
    static Weather after(Duration elapsed) {
        Duration within = Duration.ofMillis(elapsed.toMillis() % PERIOD.toMillis());
        return new Weather(
                within.compareTo(FIRST_INCIDENT) >= 0 && within.compareTo(FIRST_INCIDENT.plus(INCIDENT_LENGTH)) < 0);
    }

    /** Share of a model's calls that fail, 0..1. */
    double failures(Feature feature, Model model) {
        boolean isStruck = isIncident && feature == STRUCK && model.provider().equals(STRUCK_PROVIDER);
        return isStruck ? INCIDENT_FAILURES : USUAL_FAILURES;
    }
}
