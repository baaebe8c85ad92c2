/**
 * Records for the log, kept with the change that they tell of until the broker has them. Start at\n * {@link io.pentameter.alert.outbox.PostgresOutbox}.
 */
@NullMarked
package io.pentameter.alert.outbox;

import org.jspecify.annotations.NullMarked;
