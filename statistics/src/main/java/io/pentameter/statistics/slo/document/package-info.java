/**
 * Objectives as other tools write them down. Start at {@link io.pentameter.statistics.slo.document.ObjectiveDocument},
 * the one form that {@link io.pentameter.statistics.slo.document.OpenSlo}, {@link
 * io.pentameter.statistics.slo.document.Sloth} and {@link io.pentameter.statistics.slo.document.Pyrra} read into and
 * write from. Numbers keep their digits: 0.99950 stays 0.99950.
 */
@NullMarked
package io.pentameter.statistics.slo.document;

import org.jspecify.annotations.NullMarked;
