/**
 * May this call be made? Start at {@link io.pentameter.alert.decision.Decider}, then
 * {@link io.pentameter.alert.decision.Counters}.
 */
@NullMarked
package io.pentameter.alert.decision;

import org.jspecify.annotations.NullMarked;
