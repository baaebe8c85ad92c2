/**
 * Older detectors, to be measured against {@link io.pentameter.statistics.monitoring.detector.CalendarDetector}; none
 * of them pages anybody.
 */
@NullMarked
package io.pentameter.statistics.monitoring.comparison;

import org.jspecify.annotations.NullMarked;
