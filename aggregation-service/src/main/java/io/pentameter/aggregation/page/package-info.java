/**
 * Pages of lists. Start at {@link io.pentameter.aggregation.page.Cursors}.
 */
@NullMarked
package io.pentameter.aggregation.page;

import org.jspecify.annotations.NullMarked;
