/**
 * How far people, or people and judges, agree beyond chance.
 *
 * <p>Start with {@link io.pentameter.statistics.agreement.Agreement}, which computes what must be shown together;
 * {@link io.pentameter.statistics.agreement.Ratings} is its input.
 */
@NullMarked
package io.pentameter.statistics.agreement;

import org.jspecify.annotations.NullMarked;
