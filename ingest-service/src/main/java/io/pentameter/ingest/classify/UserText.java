package io.pentameter.ingest.classify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Set;

/** The words of the user in a step's input: the last message with the role user, or the text itself. */
public final class UserText {

    /** Longer inputs are looked at no further: most of them are documents. */
    private static final int MAX_INPUT = 256 << 10;

    private static final int MAX_TEXT = 4000;
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> USER = Set.of("user", "human");
    private static final Set<String> TEXTS = Set.of("content", "text", "parts", "kwargs");
    private static final Set<String> QUESTIONS = Set.of("input", "question", "query", "prompt", "message", "text", "q");

    private UserText() {}

    /** Empty if there are none. */
    public static String of(String input) {
        String text = input.length() <= MAX_INPUT ? input : input.substring(0, MAX_INPUT);
        if (!text.startsWith("[") && !text.startsWith("{")) {
            return cut(text);
        }
        Search search = new Search();
        try (JsonParser in = JSON.createParser(text)) {
            if (in.nextToken() != null) {
                search.value(in, "", 0);
            }
        } catch (IOException _) {
            // cut off, or not the JSON that it looked like: what was found so far counts
        }
        String said = search.user.isEmpty() ? search.question : search.user;
        return cut(said.isEmpty() && search.isBroken(text) ? text : said);
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT
                ? text.strip()
                : text.substring(0, MAX_TEXT).strip();
    }

    /** Goes through the JSON once. */
    private static final class Search {

        private static final int MAX_DEPTH = 32;

        private String user = "";
        private String question = "";
        private boolean hasMembers;

        /** Whether it begins like JSON and is none: {@code [draft] hello}. */
        boolean isBroken(String text) {
            return !hasMembers && text.length() > 2;
        }

        void value(JsonParser in, String name, int depth) throws IOException {
            switch (in.currentToken()) {
                case START_OBJECT -> object(in, depth + 1);
                case START_ARRAY -> {
                    while (in.nextToken() != JsonToken.END_ARRAY && in.currentToken() != null) {
                        hasMembers = true;
                        value(in, name, depth + 1);
                    }
                }
                case VALUE_STRING -> {
                    if (question.isEmpty() && QUESTIONS.contains(name)) {
                        question = in.getText();
                    }
                }
                default -> {}
            }
        }

        private void object(JsonParser in, int depth) throws IOException {
            if (depth > MAX_DEPTH) {
                in.skipChildren();
                return;
            }
            String role = "";
            StringBuilder content = new StringBuilder();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                hasMembers = true;
                String name = in.currentName();
                JsonToken token = in.nextToken();
                if (token == JsonToken.VALUE_STRING && (name.equals("role") || name.equals("type"))) {
                    role = role.isEmpty() || name.equals("role") ? in.getText() : role;
                } else if (TEXTS.contains(name)) {
                    texts(in, name, content, depth);
                } else {
                    value(in, name, depth);
                }
            }
            if (USER.contains(role) && !content.isEmpty()) {
                user = content.toString();
            }
        }

        /** Texts of a message: a string, or parts of which each has one. */
        private void texts(JsonParser in, String name, StringBuilder into, int depth) throws IOException {
            switch (in.currentToken()) {
                case VALUE_STRING -> {
                    if (into.length() < MAX_TEXT) {
                        into.append(into.isEmpty() ? "" : "\n").append(in.getText());
                    }
                    if (question.isEmpty() && QUESTIONS.contains(name)) {
                        question = in.getText();
                    }
                }
                case START_ARRAY -> {
                    while (in.nextToken() != JsonToken.END_ARRAY && in.currentToken() != null) {
                        texts(in, name, into, depth + 1);
                    }
                }
                case START_OBJECT -> {
                    if (depth > MAX_DEPTH) {
                        in.skipChildren();
                        return;
                    }
                    while (in.nextToken() == JsonToken.FIELD_NAME) {
                        String member = in.currentName();
                        in.nextToken();
                        if (TEXTS.contains(member)) {
                            texts(in, member, into, depth + 1);
                        } else {
                            in.skipChildren();
                        }
                    }
                }
                default -> {}
            }
        }
    }
}
