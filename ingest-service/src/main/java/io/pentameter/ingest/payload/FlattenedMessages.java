package io.pentameter.ingest.payload;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.pentameter.ingest.dialect.Attributes;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Messages that a client spread over attributes, one for each part: {@code gen_ai.prompt.0.role}, {@code
 * llm.input_messages.1.message.content}. Put together again as JSON.
 */
final class FlattenedMessages {

    /** Most messages of a span that are put together; the rest stay attributes. */
    private static final int MAX_MESSAGES = 10_000;

    private static final String[] OUTPUTS = {
        "gen_ai.completion.", "llm.output_messages.", "retrieval.documents.", "reranker.output_documents."
    };

    private final Map<Integer, Node> messages = new TreeMap<>();
    private final String prefix;

    private FlattenedMessages(String prefix) {
        this.prefix = prefix;
    }

    /** Whether an attribute is part of such a message. */
    static boolean isPart(String attribute) {
        return attribute.startsWith("gen_ai.prompt.")
                || attribute.startsWith("gen_ai.completion.")
                || attribute.startsWith("llm.input_messages.")
                || attribute.startsWith("llm.output_messages.")
                || (attribute.startsWith("retrieval.documents.") && attribute.contains(".document."))
                || attribute.startsWith("reranker.output_documents.");
    }

    /** The input as JSON, empty if no attribute is part of it. */
    static String input(Attributes attributes) {
        String genAi = json(attributes, "gen_ai.prompt.");
        return genAi.isEmpty() ? json(attributes, "llm.input_messages.") : genAi;
    }

    /** The output as JSON, empty if no attribute is part of it. */
    static String output(Attributes attributes) {
        for (String prefix : OUTPUTS) {
            String json = json(attributes, prefix);
            if (!json.isEmpty()) {
                return json;
            }
        }
        return "";
    }

    private static String json(Attributes attributes, String prefix) {
        FlattenedMessages flattened = new FlattenedMessages(prefix);
        for (int i = 0; i < attributes.size(); i++) {
            String name = attributes.name(i).text();
            if (name.startsWith(prefix)) {
                flattened.add(name, attributes.text(i));
            }
        }
        return flattened.messages.isEmpty() ? "" : flattened.json();
    }

    private void add(String name, String value) {
        int dot = name.indexOf('.', prefix.length());
        if (dot < 0 || dot - prefix.length() > 5) {
            return;
        }
        int index = number(name, prefix.length(), dot);
        if (index < 0) {
            return;
        }
        String part = name.substring(dot + 1);
        if (messages.size() < MAX_MESSAGES || messages.containsKey(index)) {
            Node message = messages.computeIfAbsent(index, _ -> new Node());
            message.put(withoutWrapper(withoutWrapper(part, "message."), "document."), value);
        }
    }

    private static String withoutWrapper(String part, String wrapper) {
        return part.startsWith(wrapper) ? part.substring(wrapper.length()) : part;
    }

    /** The number written there, -1 if it is none. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 10);
            if (digit < 0) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return to > from && to - from <= 5 ? number : -1;
    }

    private String json() {
        StringBuilder json = new StringBuilder("[");
        for (Node message : messages.values()) {
            if (json.length() > 1) {
                json.append(',');
            }
            message.write(json);
        }
        return json.append(']').toString();
    }

    /** A value, or parts by name or by number, in their order. */
    private static final class Node {

        private static final int MAX_DEPTH = 12;

        private @Nullable String value;
        private final Map<String, Node> parts = new TreeMap<>();

        void put(String path, String text) {
            Node node = this;
            int from = 0;
            for (int depth = 0; depth < MAX_DEPTH; depth++) {
                int dot = path.indexOf('.', from);
                if (dot < 0) {
                    break;
                }
                String step = path.substring(from, dot);
                // OpenInference wraps each element of a list once more: tool_calls.0.tool_call.function.name
                boolean isWrapper = step.equals("tool_call") || step.equals("message_content");
                node = isWrapper ? node : node.parts.computeIfAbsent(key(step), _ -> new Node());
                from = dot + 1;
            }
            node.parts.computeIfAbsent(key(path.substring(from)), _ -> new Node()).value = text;
        }

        /** Numbers with zeros before them, so that they sort by size. */
        private static String key(String step) {
            return number(step, 0, step.length()) < 0 ? step : "0".repeat(5 - step.length()) + step;
        }

        private boolean isList() {
            return !parts.isEmpty()
                    && parts.keySet().stream().allMatch(key -> key.length() == 5 && number(key, 0, 5) >= 0);
        }

        void write(StringBuilder json) {
            String text = value;
            if (parts.isEmpty()) {
                json.append('"');
                JsonStringEncoder.getInstance().quoteAsString(text == null ? "" : text, json);
                json.append('"');
                return;
            }
            boolean isList = isList();
            json.append(isList ? '[' : '{');
            boolean isFirst = true;
            for (Map.Entry<String, Node> part : parts.entrySet()) {
                json.append(isFirst ? "" : ",");
                isFirst = false;
                if (!isList) {
                    json.append('"');
                    JsonStringEncoder.getInstance().quoteAsString(part.getKey(), json);
                    json.append("\":");
                }
                part.getValue().write(json);
            }
            json.append(isList ? ']' : '}');
        }
    }
}
