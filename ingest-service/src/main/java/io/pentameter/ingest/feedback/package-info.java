/**
 * What end users say of an answer, and what they do with it: thumbs, a rating, a comment, whether they took it and how much
 * of it they changed.
 *
 * <p>Start at {@link io.pentameter.ingest.feedback.Feedback}.
 */
@NullMarked
package io.pentameter.ingest.feedback;

import org.jspecify.annotations.NullMarked;
