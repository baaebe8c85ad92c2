package io.pentameter.quality.queue;

import java.time.Instant;
import java.util.UUID;

/**
 * A judgement that this instance works on until its lease ends.
 *
 * @param attempts how often it was taken, this time included
 */
record Taken(Order order, UUID lease, int attempts, Instant createdAt) {}
