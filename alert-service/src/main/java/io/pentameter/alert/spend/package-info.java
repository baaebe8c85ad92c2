/**
 * What was spent, as aggregation-service knows it; start at {@link io.pentameter.alert.spend.SpendSource}.
 */
@NullMarked
package io.pentameter.alert.spend;

import org.jspecify.annotations.NullMarked;
