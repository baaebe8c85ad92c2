package io.pentameter.ingest.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a call that come as a list of events in one attribute, parted into what was asked and what was
 * answered: a {@code gen_ai.choice} is an answer.
 *
 * @param asked    JSON of the events that are no choice, empty if there are none
 * @param answered JSON of the choices, empty if there are none
 */
record MessageEvents(String asked, String answered) {

    private static final MessageEvents NONE = new MessageEvents("", "");
    private static final JsonFactory JSON = new JsonFactory();

    /** Nothing for an absent text, and for one that is no such list. */
    static MessageEvents of(@Nullable String text) {
        if (text == null || !text.startsWith("[") || !text.contains("\"event.name\"")) {
            return NONE;
        }
        List<String> asked = new ArrayList<>();
        List<String> answered = new ArrayList<>();
        try (JsonParser in = JSON.createParser(text)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.START_OBJECT) {
                int from = (int) in.currentTokenLocation().getCharOffset();
                boolean isChoice = isChoice(in);
                int to = (int) in.currentTokenLocation().getCharOffset() + 1;
                (isChoice ? answered : asked).add(text.substring(from, to));
            }
        } catch (IOException _) {
            return NONE;
        }
        return new MessageEvents(joined(asked), joined(answered));
    }

    /** Reads to the end of the object that begins here. */
    private static boolean isChoice(JsonParser in) throws IOException {
        boolean isChoice = false;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            JsonToken value = in.nextToken();
            if (value == null) {
                break;
            }
            if ("event.name".equals(name) && value == JsonToken.VALUE_STRING) {
                isChoice = in.getText().equals("gen_ai.choice");
            }
            in.skipChildren();
        }
        return isChoice;
    }

    private static String joined(List<String> events) {
        return events.isEmpty() ? "" : "[" + String.join(",", events) + "]";
    }
}
