package io.pentameter.ingest.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The scalar members of a JSON object, each with its path: {@code input_token_details.cache_read}. */
public final class JsonMembers {

    /** Longest text that is read; usage and costs are far shorter. */
    static final int MAX_TEXT = 64 << 10;

    /** Most members that are read of an object. */
    static final int MAX_MEMBERS = 500;

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_DEPTH = 8;

    private JsonMembers() {}

    /** Gives each number, text or flag; nothing for a text that is no object. What is behind a fault is left out. */
    public static void read(String text, BiConsumer<String, Object> sink) {
        if (text.length() > MAX_TEXT || !text.startsWith("{")) {
            return;
        }
        try (JsonParser in = JSON.createParser(text)) {
            Deque<String> path = new ArrayDeque<>();
            int members = 0;
            for (JsonToken token = in.nextToken(); token != null && members < MAX_MEMBERS; token = in.nextToken()) {
                switch (token) {
                    case START_OBJECT -> path.addLast(prefix(path, in.currentName()));
                    case END_OBJECT -> path.pollLast();
                    case START_ARRAY -> in.skipChildren();
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                        members++;
                        sink.accept(path.peekLast() + in.currentName(), in.getDoubleValue());
                    }
                    case VALUE_STRING, VALUE_TRUE, VALUE_FALSE -> {
                        members++;
                        sink.accept(path.peekLast() + in.currentName(), in.getText());
                    }
                    default -> {}
                }
                if (path.size() > MAX_DEPTH) {
                    return;
                }
            }
        } catch (IOException _) {
            // not the JSON that it looked like, or cut off: what was read before counts
        }
    }

    private static String prefix(Deque<String> path, @Nullable String name) {
        return name == null ? "" : path.peekLast() + name + ".";
    }
}
