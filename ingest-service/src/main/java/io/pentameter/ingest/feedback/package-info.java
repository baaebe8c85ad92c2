/**
 * What end users say of an answer: thumbs, a rating, a comment.
 *
 * <p>Start at {@link io.pentameter.ingest.feedback.Feedback}.
 */
@NullMarked
package io.pentameter.ingest.feedback;

import org.jspecify.annotations.NullMarked;
