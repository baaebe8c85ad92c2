/**
 * What only the whole of a trace tells about its spans, for traces that come in several deliveries: which calls repeat the usage of
 * a call below them, which are attempts of one request, what those say of the step above them, and whom a step was done for that does not
 * say it. Start at {@link io.pentameter.aggregation.settlement.Settlement}.
 */
@NullMarked
package io.pentameter.aggregation.settlement;

import org.jspecify.annotations.NullMarked;
