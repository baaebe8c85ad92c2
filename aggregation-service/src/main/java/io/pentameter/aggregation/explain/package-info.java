/**
 * Why the cost changed between two windows. Start at {@link io.pentameter.aggregation.explain.Explanation}; what is looked at is
 * in {@link io.pentameter.aggregation.explain.SqlChange}, what is named as a cause in
 * {@link io.pentameter.aggregation.explain.Causes}.
 */
@NullMarked
package io.pentameter.aggregation.explain;

import org.jspecify.annotations.NullMarked;
