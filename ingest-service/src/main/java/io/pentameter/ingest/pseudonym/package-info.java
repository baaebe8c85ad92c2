/**
 * Names for users, customers and sessions whose ids must not leave as they are: the same for the same id, so that what
 * belongs together can still be joined.
 *
 * <p>Start at {@link io.pentameter.ingest.pseudonym.Pseudonyms}; why they are made so is in {@code
 * docs/decisions/0015-pseudonyms.md}.
 */
@NullMarked
package io.pentameter.ingest.pseudonym;

import org.jspecify.annotations.NullMarked;
