/** The durable queue of judgements and the job that works it. Start at {@link io.pentameter.quality.queue.JudgeJob}. */
@NullMarked
package io.pentameter.quality.queue;

import org.jspecify.annotations.NullMarked;
