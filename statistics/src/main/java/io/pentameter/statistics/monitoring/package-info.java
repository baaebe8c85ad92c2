/**
 * Watching streams for ever without crying wolf.
 *
 * <p>This package holds nothing; its parts do. {@code sequence}: intervals for numbers that are looked at all the time.
 * {@code baseline}: what is normal at this hour of the week. {@code detector}: has it changed? {@code change}: when,
 * and what happened then? {@code multiplicity}: what many streams cost. {@code comparison}: older detectors, measured
 * against ours.
 */
@NullMarked
package io.pentameter.statistics.monitoring;

import org.jspecify.annotations.NullMarked;
