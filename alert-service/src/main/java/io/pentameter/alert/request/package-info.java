/**
 * What routes share: pages, cursors and creates that may be repeated; start at {@link io.pentameter.alert.request.Page}.
 */
@NullMarked
package io.pentameter.alert.request;

import org.jspecify.annotations.NullMarked;
