/**
 * Scores as they are listed. Start at {@link io.pentameter.aggregation.score.SqlScores}.
 */
@NullMarked
package io.pentameter.aggregation.score;

import org.jspecify.annotations.NullMarked;
