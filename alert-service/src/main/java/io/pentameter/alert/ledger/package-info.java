/** How aggregation-service is asked: {@link io.pentameter.alert.ledger.HttpLedger}. */
@NullMarked
package io.pentameter.alert.ledger;

import org.jspecify.annotations.NullMarked;
