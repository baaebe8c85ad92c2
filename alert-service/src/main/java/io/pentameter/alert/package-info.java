/**
 * The alert-service: holds rules against the numbers, keeps the life of each alert and tells the tenant's destinations.
 *
 * <p>Start at {@code evaluation.EvaluationJob}: it asks for numbers, {@code lifecycle} decides, {@code outbox} and
 * {@code delivery} tell others.
 */
@NullMarked
package io.pentameter.alert;

import org.jspecify.annotations.NullMarked;
