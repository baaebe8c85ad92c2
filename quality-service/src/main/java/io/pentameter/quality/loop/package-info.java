/** Threads that do one thing again and again: {@link io.pentameter.quality.loop.Loop}. */
@NullMarked
package io.pentameter.quality.loop;

import org.jspecify.annotations.NullMarked;
