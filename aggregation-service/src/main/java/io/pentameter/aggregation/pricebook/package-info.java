/**
 * What calls cost a tenant, as ingest-service made it known: all versions of the price book and the tenant's own prices. Start
 * at {@link io.pentameter.aggregation.pricebook.KafkaPrices}.
 */
@NullMarked
package io.pentameter.aggregation.pricebook;

import org.jspecify.annotations.NullMarked;
