/**
 * LangSmith's API, as its SDKs use it: runs one by one, in batches and in multipart bodies, and feedback.
 *
 * <p>Start at {@link io.pentameter.ingest.langsmith.LangsmithRun}.
 */
@NullMarked
package io.pentameter.ingest.langsmith;

import org.jspecify.annotations.NullMarked;
