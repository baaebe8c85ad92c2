/**
 * The proof by violence: processes are killed under load, and what clients were acknowledged is compared with what is stored
 * and with what the rollups say. Start with {@link io.pentameter.stack.chaos.Chaos}.
 */
@NullMarked
package io.pentameter.stack.chaos;

import org.jspecify.annotations.NullMarked;
