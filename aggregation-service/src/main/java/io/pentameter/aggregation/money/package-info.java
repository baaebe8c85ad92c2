/**
 * Amounts as the API and the tables write them. Start at {@link io.pentameter.aggregation.money.Usd}.
 */
@NullMarked
package io.pentameter.aggregation.money;

import org.jspecify.annotations.NullMarked;
