/**
 * The published benchmark: load at fixed rates, what it costs, how late answers and data are.
 *
 * <p>Start at {@link io.pentameter.bench.Bench}.
 */
@NullMarked
package io.pentameter.bench;

import org.jspecify.annotations.NullMarked;
