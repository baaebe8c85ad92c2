/**
 * What the work of models is worth and what it costs, by cohort. Start at
 * {@link io.pentameter.aggregation.economics.Economics}; what is asked in
 * {@link io.pentameter.aggregation.economics.EconomicsQuery}.
 */
@NullMarked
package io.pentameter.aggregation.economics;

import org.jspecify.annotations.NullMarked;
