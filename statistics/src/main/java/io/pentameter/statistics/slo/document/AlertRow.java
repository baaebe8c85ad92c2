package io.pentameter.statistics.slo.document;

import io.pentameter.statistics.slo.BurnWindow;
import java.time.Duration;

/**
 * A row of an alert with what documents add to it.
 *
 * @param window the row
 * @param after  how long it must hold before it sounds, 0 or more
 */
public record AlertRow(BurnWindow window, Duration after) {

    public AlertRow {
        if (after.isNegative()) {
            throw new IllegalArgumentException("after must be 0 or more: " + after);
        }
    }
}
