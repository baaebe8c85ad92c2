package io.pentameter.ingest.failure;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Whether a text is JSON. */
final class JsonCheck {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonCheck() {}

    /** True for exactly one value with nothing behind it. */
    static boolean isJson(String text) {
        try (JsonParser in = JSON.createParser(text)) {
            if (in.nextToken() == null) {
                return false;
            }
            in.skipChildren();
            return in.nextToken() == null;
        } catch (IOException _) {
            return false;
        }
    }
}
