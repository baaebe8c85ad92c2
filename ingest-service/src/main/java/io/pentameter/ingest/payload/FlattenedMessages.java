package io.pentameter.ingest.payload;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.pentameter.ingest.dialect.Attributes;
import java.util.Map;
import java.util.TreeMap;

/**
 * Messages that a client spread over attributes, one for each part: {@code gen_ai.prompt.0.role}, {@code
 * llm.input_messages.1.message.content}. Put together again as JSON.
 */
final class FlattenedMessages {

    /** Most messages of a span that are put together; the rest stay attributes. */
    private static final int MAX_MESSAGES = 10_000;

    private final Map<Integer, Map<String, String>> messages = new TreeMap<>();
    private final String prefix;

    private FlattenedMessages(String prefix) {
        this.prefix = prefix;
    }

    /** Whether an attribute is part of such a message. */
    static boolean isPart(String attribute) {
        return attribute.startsWith("gen_ai.prompt.")
                || attribute.startsWith("gen_ai.completion.")
                || attribute.startsWith("llm.input_messages.")
                || attribute.startsWith("llm.output_messages.");
    }

    /** The input as JSON, empty if no attribute is part of it. */
    static String input(Attributes attributes) {
        String genAi = json(attributes, "gen_ai.prompt.");
        return genAi.isEmpty() ? json(attributes, "llm.input_messages.") : genAi;
    }

    /** The output as JSON, empty if no attribute is part of it. */
    static String output(Attributes attributes) {
        String genAi = json(attributes, "gen_ai.completion.");
        return genAi.isEmpty() ? json(attributes, "llm.output_messages.") : genAi;
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
        int index = 0;
        for (int i = prefix.length(); i < dot; i++) {
            int digit = Character.digit(name.charAt(i), 10);
            if (digit < 0) {
                return;
            }
            index = index * 10 + digit;
        }
        String part = name.substring(dot + 1);
        if (messages.size() < MAX_MESSAGES || messages.containsKey(index)) {
            messages.computeIfAbsent(index, _ -> new TreeMap<>())
                    .put(part.startsWith("message.") ? part.substring("message.".length()) : part, value);
        }
    }

    private String json() {
        StringBuilder json = new StringBuilder("[");
        for (Map<String, String> message : messages.values()) {
            json.append(json.length() == 1 ? "{" : ",{");
            boolean isFirst = true;
            for (Map.Entry<String, String> part : message.entrySet()) {
                json.append(isFirst ? "\"" : ",\"");
                isFirst = false;
                JsonStringEncoder.getInstance().quoteAsString(part.getKey(), json);
                json.append("\":\"");
                JsonStringEncoder.getInstance().quoteAsString(part.getValue(), json);
                json.append('"');
            }
            json.append('}');
        }
        return json.append(']').toString();
    }
}
