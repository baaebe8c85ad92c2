/**
 * Tables that people send as text. Start at {@link io.pentameter.aggregation.csv.CsvTable}.
 */
@NullMarked
package io.pentameter.aggregation.csv;

import org.jspecify.annotations.NullMarked;
