/**
 * What only the whole of a trace tells about its spans, for traces that come in several deliveries: which calls repeat the usage of
 * a call below them, and which are attempts of one request. Start at {@link io.pentameter.aggregation.settlement.Settlement}.
 */
@NullMarked
package io.pentameter.aggregation.settlement;

import org.jspecify.annotations.NullMarked;
