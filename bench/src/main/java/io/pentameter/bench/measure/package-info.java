/** Reads what a run costs and gives: processor time, freshness, query times, bytes on disk. */
@NullMarked
package io.pentameter.bench.measure;

import org.jspecify.annotations.NullMarked;
