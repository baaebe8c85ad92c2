/** Writes the results for people. */
@NullMarked
package io.pentameter.bench.report;

import org.jspecify.annotations.NullMarked;
