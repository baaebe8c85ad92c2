/**
 * Rules held against the numbers; start at {@link io.pentameter.alert.evaluation.EvaluationJob}.
 */
@NullMarked
package io.pentameter.alert.evaluation;

import org.jspecify.annotations.NullMarked;
