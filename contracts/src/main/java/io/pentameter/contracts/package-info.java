/**
 * What crosses the borders of services: topic names, keys, and (generated, in {@code v1}) the records of each topic.
 *
 * <p>Start at {@link io.pentameter.contracts.Topics}; the records are in {@code src/main/protobuf}. They evolve only by
 * adding fields.
 */
@NullMarked
package io.pentameter.contracts;

import org.jspecify.annotations.NullMarked;
