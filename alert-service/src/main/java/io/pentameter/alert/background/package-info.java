/**
 * Work that the service does on its own, again and again; start at {@link io.pentameter.alert.background.BackgroundLoop}.
 */
@NullMarked
package io.pentameter.alert.background;

import org.jspecify.annotations.NullMarked;
