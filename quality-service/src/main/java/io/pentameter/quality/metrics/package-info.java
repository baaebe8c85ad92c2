/** What operators see: {@link io.pentameter.quality.metrics.Meters}. */
@NullMarked
package io.pentameter.quality.metrics;

import org.jspecify.annotations.NullMarked;
