/**
 * What the routes of our own API for feedback, outcomes and changes have in common: forms, batches, answers.
 *
 * <p>Start at {@link io.pentameter.ingest.signal.HttpSignals}; a kind of signal is a {@link
 * io.pentameter.ingest.signal.SignalReader}.
 */
@NullMarked
package io.pentameter.ingest.signal;

import org.jspecify.annotations.NullMarked;
