/** Micro-benchmarks of the statistics: what one update of a detector or sketch costs. Run by {@code StatisticsBenchmark}. */
@NullMarked
package io.pentameter.bench.micro;

import org.jspecify.annotations.NullMarked;
