/** From spans in the log to grades in the log. Start at {@link io.pentameter.quality.intake.SpanConsumer}. */
@NullMarked
package io.pentameter.quality.intake;

import org.jspecify.annotations.NullMarked;
