package io.pentameter.ingest.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Set;

/** Replaces each text of a payload by its length, {@code [text:42]}, and leaves the structure of messages readable. */
final class PayloadMask {

    private static final JsonFactory JSON = new JsonFactory();

    /** Fields whose text is structure, not content. */
    private static final Set<String> STRUCTURE =
            Set.of("role", "type", "finish_reason", "modality", "mime_type", "index", "toolName");

    private static final int MAX_STRUCTURE = 40;

    private PayloadMask() {}

    static String mask(String text) {
        if (text.isEmpty()) {
            return "";
        }
        if (!text.startsWith("[") && !text.startsWith("{")) {
            return length(text);
        }
        StringWriter masked = new StringWriter();
        try (JsonParser in = JSON.createParser(text);
                JsonGenerator out = JSON.createGenerator(masked)) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                copy(in, out, token);
            }
        } catch (IOException _) {
            // not the JSON that it looked like, or cut off: it is text
            return length(text);
        }
        return masked.toString();
    }

    private static void copy(JsonParser in, JsonGenerator out, JsonToken token) throws IOException {
        switch (token) {
            case VALUE_STRING -> {
                String value = in.getText();
                boolean isStructure = in.currentName() != null
                        && STRUCTURE.contains(in.currentName())
                        && value.length() <= MAX_STRUCTURE;
                out.writeString(isStructure ? value : length(value));
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeString("[number]");
            default -> out.copyCurrentEvent(in);
        }
    }

    private static String length(String text) {
        return "[text:" + text.length() + "]";
    }
}
