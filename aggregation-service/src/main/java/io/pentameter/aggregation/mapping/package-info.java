/**
 * Records of the topics as rows of the tables. A row is a function of its record alone, so that a replay gives the same bytes.
 * Start at {@link io.pentameter.aggregation.mapping.SpanMapper}.
 */
@NullMarked
package io.pentameter.aggregation.mapping;

import org.jspecify.annotations.NullMarked;
