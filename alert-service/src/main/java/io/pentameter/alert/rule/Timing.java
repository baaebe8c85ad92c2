package io.pentameter.alert.rule;

import java.time.Duration;

/**
 * When things happen to an alert, in the numbers' own time.
 *
 * @param interval   how often the rule is held against the numbers
 * @param fireAfter  how long a value must be bad without a break before the alert fires; zero: at once
 * @param keepFiring how long it must be good without a break before a firing alert is resolved; zero: at once
 * @param staleAfter how long a firing alert stays without any evidence before it is resolved as such
 */
public record Timing(Duration interval, Duration fireAfter, Duration keepFiring, Duration staleAfter) {

    /** Longest time between two looks that still counts as without a break. */
    public Duration longestGap() {
        Duration three = interval.multipliedBy(3);
        Duration minute = Duration.ofMinutes(1);
        return three.compareTo(minute) > 0 ? three : minute;
    }
}
