/**
 * What spending will be; start at {@link io.pentameter.alert.forecast.Outlook}.
 */
@NullMarked
package io.pentameter.alert.forecast;

import org.jspecify.annotations.NullMarked;
