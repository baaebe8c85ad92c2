/**
 * Sends what no client should: captured requests with something wrong in them, on every route that takes telemetry, and
 * checks what the gateway makes of it. Start reading at {@link io.pentameter.stack.fuzz.Fuzz}.
 */
@NullMarked
package io.pentameter.stack.fuzz;

import org.jspecify.annotations.NullMarked;
