/**
 * A tenant's own intents: examples, training, and how well it is done.
 *
 * <p>Start at {@link io.pentameter.ingest.intent.IntentResource}.
 */
@NullMarked
package io.pentameter.ingest.intent;

import org.jspecify.annotations.NullMarked;
