/**
 * Langfuse's public API, as its SDKs from version 2 on use it.
 *
 * <p>Start at {@link io.pentameter.ingest.langfuse.LangfuseIngestion}.
 */
@NullMarked
package io.pentameter.ingest.langfuse;

import org.jspecify.annotations.NullMarked;
