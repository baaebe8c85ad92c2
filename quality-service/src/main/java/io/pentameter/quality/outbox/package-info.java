/**
 * What is to be told to the log, written in the transaction that makes it true. Start at {@link
 * io.pentameter.quality.outbox.Outbox}.
 */
@NullMarked
package io.pentameter.quality.outbox;

import org.jspecify.annotations.NullMarked;
