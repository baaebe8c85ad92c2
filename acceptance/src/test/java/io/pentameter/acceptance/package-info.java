/**
 * Stories: what a client sees of the whole suite on the real engines.
 *
 * <p>Start at {@link io.pentameter.acceptance.RunningStack}, which starts it once for all stories.
 */
@NullMarked
package io.pentameter.acceptance;

import org.jspecify.annotations.NullMarked;
