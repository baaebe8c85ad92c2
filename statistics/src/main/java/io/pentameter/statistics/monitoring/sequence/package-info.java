/**
 * Intervals that hold at every moment, however often and whenever one looks.
 *
 * <p>Start at {@link io.pentameter.statistics.monitoring.sequence.RateSequence}, the default for tiles that show a
 * rate; {@link io.pentameter.statistics.monitoring.sequence.HedgedBetting} is the tightest for scores in 0..1, {@link
 * io.pentameter.statistics.monitoring.sequence.EmpiricalBernstein} the cheap one, {@link
 * io.pentameter.statistics.monitoring.sequence.AsymptoticSequence} the one for batches of estimates. Below them lie the
 * boundaries of Howard, Ramdas, McAuliffe and Sekhon, {@link io.pentameter.statistics.monitoring.sequence.Mixture}.
 */
@NullMarked
package io.pentameter.statistics.monitoring.sequence;

import org.jspecify.annotations.NullMarked;
