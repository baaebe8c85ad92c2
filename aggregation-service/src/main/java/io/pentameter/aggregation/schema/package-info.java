/**
 * Tables, as versioned SQL. Start at {@link io.pentameter.aggregation.schema.SqlMigrations}.
 */
@NullMarked
package io.pentameter.aggregation.schema;

import org.jspecify.annotations.NullMarked;
