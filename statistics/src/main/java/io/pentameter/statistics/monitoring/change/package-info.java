/**
 * When did it change, what moved first, and what happened then. Start at {@link
 * io.pentameter.statistics.monitoring.change.ChangeTimeSet}. All of it is a hint, never a cause; the strongest evidence
 * is {@link io.pentameter.statistics.monitoring.change.VersionContrast}.
 */
@NullMarked
package io.pentameter.statistics.monitoring.change;

import org.jspecify.annotations.NullMarked;
