/**
 * AWS Bedrock's model invocation logs, uploaded or found in a folder.
 *
 * <p>Start at {@link io.pentameter.ingest.bedrock.BedrockFile}.
 */
@NullMarked
package io.pentameter.ingest.bedrock;

import org.jspecify.annotations.NullMarked;
