package io.pentameter.ingest.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Finds bodies that are too large for the log, so that Bedrock has put each into an object of its own in the bucket. */
@FunctionalInterface
interface BedrockBodies {

    /** Where only the log is known: an uploaded file. */
    BedrockBodies NONE = _ -> new Body("elsewhere", null);

    /**
     * What was found.
     *
     * @param state for the attribute {@code bedrock.input_body} or {@code bedrock.output_body}: read, elsewhere, too_large,
     *              unreadable
     * @param json  present only if it is read
     */
    record Body(String state, @Nullable JsonNode json) {}

    /** @param s3Path as the log names it: {@code s3://bucket/key} */
    Body find(String s3Path);
}
