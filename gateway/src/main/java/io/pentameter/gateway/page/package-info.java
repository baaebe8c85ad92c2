/**
 * Long lists in pieces, newest first.
 *
 * <p>Start at {@link io.pentameter.gateway.page.Page}.
 */
@NullMarked
package io.pentameter.gateway.page;

import org.jspecify.annotations.NullMarked;
