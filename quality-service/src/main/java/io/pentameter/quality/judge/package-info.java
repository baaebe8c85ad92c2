/**
 * Language models as judges: what a tenant configures, what a call may cost, how an answer is read. Start at {@link
 * io.pentameter.quality.judge.ChatRater}.
 */
@NullMarked
package io.pentameter.quality.judge;

import org.jspecify.annotations.NullMarked;
