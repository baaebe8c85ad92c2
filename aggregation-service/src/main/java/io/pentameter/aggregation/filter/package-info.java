/**
 * Conditions on spans, by dimensions and by quantities. Start at {@link io.pentameter.aggregation.filter.Filter}.
 */
@NullMarked
package io.pentameter.aggregation.filter;

import org.jspecify.annotations.NullMarked;
