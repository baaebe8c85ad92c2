/**
 * Draws the pictures of the guide from the code's own output. Start at {@link
 * io.pentameter.statistics.pictures.MonitoringPictures}.
 */
@NullMarked
package io.pentameter.statistics.pictures;

import org.jspecify.annotations.NullMarked;
