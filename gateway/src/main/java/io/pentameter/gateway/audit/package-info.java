/**
 * Who did what: the record of every administrative act, every refused one and every read of payloads.
 *
 * <p>Start at {@link io.pentameter.gateway.audit.Act}.
 */
@NullMarked
package io.pentameter.gateway.audit;

import org.jspecify.annotations.NullMarked;
