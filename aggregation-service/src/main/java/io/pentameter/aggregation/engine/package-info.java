/**
 * The ClickHouse engine: rows go in through {@link io.pentameter.aggregation.engine.Inserts}, numbers come out through
 * {@link io.pentameter.aggregation.engine.TenantQuery}. Start there.
 */
@NullMarked
package io.pentameter.aggregation.engine;

import org.jspecify.annotations.NullMarked;
