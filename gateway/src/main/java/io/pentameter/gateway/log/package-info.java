/**
 * The way to Kafka, and nothing else.
 *
 * <p>Start at {@code KafkaLog}.
 */
@NullMarked
package io.pentameter.gateway.log;

import org.jspecify.annotations.NullMarked;
