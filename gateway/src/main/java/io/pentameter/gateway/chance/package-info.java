/** Chance that is handed in: identifiers and secrets. */
@NullMarked
package io.pentameter.gateway.chance;

import org.jspecify.annotations.NullMarked;
