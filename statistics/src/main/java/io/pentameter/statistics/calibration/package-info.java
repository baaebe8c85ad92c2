/**
 * The pass rate that people would give, from a judge's grades on many answers and human labels on few.
 *
 * <p>Start with {@link io.pentameter.statistics.calibration.Quality}: what may be shown at how many labels. The default estimator is
 * {@link io.pentameter.statistics.calibration.PostStratifiedPpi}; graded scores go to
 * {@link io.pentameter.statistics.calibration.PpiPlusPlus}, labels drawn with unequal probabilities to
 * {@link io.pentameter.statistics.calibration.TwoPhase}, labels from elsewhere to
 * {@link io.pentameter.statistics.calibration.RoganGladen}. How many labels: {@link io.pentameter.statistics.calibration.LabelPlan}.
 * Whether the judge is still the same: {@link io.pentameter.statistics.calibration.JudgeEpoch}.
 */
@NullMarked
package io.pentameter.statistics.calibration;

import org.jspecify.annotations.NullMarked;
