/**
 * What each customer, feature or team is charged for a month, in cents. Start at
 * {@link io.pentameter.aggregation.statement.Statement}; how cents are made is in
 * {@link io.pentameter.aggregation.statement.Cents}.
 */
@NullMarked
package io.pentameter.aggregation.statement;

import org.jspecify.annotations.NullMarked;
