/**
 * Has the mean of a stream changed? Betting e-detectors: a bet against "nothing has changed" that grows when it has.
 *
 * <p>Start at {@link io.pentameter.statistics.monitoring.detector.CalendarDetector}, the default. The way of a unit:
 * {@link io.pentameter.statistics.monitoring.detector.HourOfUnits} takes it in once, {@link
 * io.pentameter.statistics.monitoring.detector.BetGrid} turns the hour's null into {@link
 * io.pentameter.statistics.monitoring.detector.Bets}, {@link io.pentameter.statistics.monitoring.detector.HourEvidence}
 * adds them up, the detector closes the hour, {@link io.pentameter.statistics.monitoring.detector.MonitorState} says
 * what follows.
 */
@NullMarked
package io.pentameter.statistics.monitoring.detector;

import org.jspecify.annotations.NullMarked;
