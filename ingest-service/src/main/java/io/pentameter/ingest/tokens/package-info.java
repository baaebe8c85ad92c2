/**
 * Tokens: from what clients report to buckets of which no token is in two.
 *
 * <p>Start at {@link io.pentameter.ingest.tokens.TokenBuckets}.
 */
@NullMarked
package io.pentameter.ingest.tokens;

import org.jspecify.annotations.NullMarked;
