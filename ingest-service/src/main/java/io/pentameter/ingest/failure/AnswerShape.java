package io.pentameter.ingest.failure;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an output has in it, whatever the form of its messages: OpenAI's, Anthropic's, the GenAI conventions', Vercel's.
 */
final class AnswerShape {

    /** Longest output that is looked into. */
    static final int MAX_TEXT = 256 << 10;

    private static final int MAX_DEPTH = 40;
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> MESSAGE = Set.of("role", "parts", "choices", "message", "finish_reason");
    private static final Set<String> TEXT = Set.of("content", "text", "output_text", "value", "transcript");
    private static final Set<String> CALLS = Set.of("tool_calls", "toolCalls", "function_call");
    private static final Set<String> CONTENT_TYPES = Set.of(
            "tool_call",
            "tool-call",
            "tool_use",
            "function_call",
            "server_tool_call",
            "image",
            "image_url",
            "audio",
            "blob",
            "file",
            "uri");

    private boolean isMessage;
    private boolean hasContent;
    private boolean hasRefusal;
    private boolean isSound = true;
    private int texts;
    private String text = "";
    private int textLength;
    private final List<Citation> citations = new ArrayList<>();
    private @Nullable Citation citation;

    private static final class Citation {
        private double start = Double.NaN;
        private double end = Double.NaN;
        private @Nullable String url;
    }

    private AnswerShape() {}

    static AnswerShape of(String output) {
        AnswerShape shape = new AnswerShape();
        if (output.length() > MAX_TEXT || !(output.startsWith("[") || output.startsWith("{"))) {
            shape.isSound = false;
            shape.text = output;
            shape.texts = output.isBlank() ? 0 : 1;
            return shape;
        }
        try (JsonParser in = JSON.createParser(output)) {
            shape.value(in, in.nextToken(), "", 0);
        } catch (IOException _) {
            shape.isSound = false;
        }
        return shape;
    }

    /** Whether looking closer is worth it: an output in which a text begins is not empty. Fast, and errs towards true. */
    static boolean mayBeEmpty(String output) {
        return !hasText(output, "\"content\":\"") && !hasText(output, "\"text\":\"");
    }

    private static boolean hasText(String output, String beginning) {
        for (int at = output.indexOf(beginning); at >= 0; at = output.indexOf(beginning, at + 1)) {
            int next = at + beginning.length();
            if (next < output.length() && Character.isLetterOrDigit(output.charAt(next))) {
                return true;
            }
        }
        return false;
    }

    /** Whether looking closer is worth it: an output that does not name citations has none. */
    static boolean mayCite(String output) {
        return output.contains("\"annotations\"") || output.contains("\"citations\"");
    }

    /** Whether it is messages without a word, a call of a tool or a picture in them. */
    boolean isEmpty() {
        return isSound && !hasContent && !hasRefusal && isMessage;
    }

    boolean hasRefusal() {
        return hasRefusal;
    }

    /** The text of the answer if it has exactly one; absent else. */
    @Nullable
    String onlyText() {
        return texts == 1 ? text : null;
    }

    /** Whether it cites beyond its own end, backwards, or no address. */
    boolean hasMalformedCitation() {
        for (Citation cited : citations) {
            boolean isBackwards = cited.start > cited.end || cited.start < 0;
            boolean isBeyond = textLength > 0 && cited.end > textLength;
            String url = cited.url;
            boolean isNoAddress = url != null && !url.startsWith("http://") && !url.startsWith("https://");
            if (isBackwards || isBeyond || isNoAddress) {
                return true;
            }
        }
        return false;
    }

    private void value(JsonParser in, @Nullable JsonToken token, String name, int depth) throws IOException {
        if (token == null || depth > MAX_DEPTH) {
            return;
        }
        switch (token) {
            case START_OBJECT -> object(in, depth);
            case START_ARRAY -> array(in, name, depth);
            case VALUE_STRING -> string(name, in.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(name, in.getDoubleValue());
            default -> {}
        }
    }

    private void object(JsonParser in, int depth) throws IOException {
        for (JsonToken token = in.nextToken(); token == JsonToken.FIELD_NAME; token = in.nextToken()) {
            String name = in.currentName();
            isMessage |= MESSAGE.contains(name);
            JsonToken value = in.nextToken();
            hasContent |= CALLS.contains(name) && value == JsonToken.START_OBJECT;
            value(in, value, name, depth + 1);
        }
    }

    private void array(JsonParser in, String name, int depth) throws IOException {
        boolean isCitations = name.equals("citations") || name.equals("annotations");
        for (JsonToken token = in.nextToken(); token != null && token != JsonToken.END_ARRAY; token = in.nextToken()) {
            hasContent |= CALLS.contains(name);
            Citation outer = citation;
            if (isCitations && token == JsonToken.START_OBJECT) {
                citation = new Citation();
                citations.add(citation);
            }
            value(in, token, name, depth + 1);
            citation = outer;
        }
    }

    private void string(String name, String said) {
        Citation cited = citation;
        if (cited != null) {
            if (name.equals("url")) {
                cited.url = said;
            }
            return;
        }
        if (said.isBlank()) {
            return;
        }
        if (TEXT.contains(name) || name.equals("parts")) {
            hasContent = true;
            texts++;
            text = said;
            textLength += said.length();
        } else if (name.equals("refusal")) {
            hasRefusal = true;
        } else if (name.equals("type")) {
            hasRefusal |= said.equals("refusal");
            hasContent |= CONTENT_TYPES.contains(said);
        }
    }

    private void number(String name, double number) {
        Citation cited = citation;
        if (cited == null) {
            return;
        }
        switch (name) {
            case "start_index", "start_char_index" -> cited.start = number;
            case "end_index", "end_char_index" -> cited.end = number;
            default -> {}
        }
    }
}
