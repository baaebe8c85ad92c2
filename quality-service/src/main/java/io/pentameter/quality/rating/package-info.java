/**
 * The port that everything that grades stands behind: {@link io.pentameter.quality.rating.Rater} takes a {@link
 * io.pentameter.quality.rating.Subject} and gives an {@link io.pentameter.quality.rating.Opinion}.
 */
@NullMarked
package io.pentameter.quality.rating;

import org.jspecify.annotations.NullMarked;
