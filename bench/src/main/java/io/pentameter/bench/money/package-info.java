/** What questions of money cost at scale. Start at {@link io.pentameter.bench.money.MoneyBench}. */
@NullMarked
package io.pentameter.bench.money;

import org.jspecify.annotations.NullMarked;
