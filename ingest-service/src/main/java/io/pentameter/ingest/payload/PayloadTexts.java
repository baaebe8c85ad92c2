package io.pentameter.ingest.payload;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.RawEvent;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.Reading;

/**
 * What a step was given and what it gave, wherever its dialect puts it: as sent, neither redacted nor cut.
 *
 * @param input  JSON of messages, or text; empty if not known
 * @param output as {@code input}
 */
public record PayloadTexts(String input, String output) {

    public static PayloadTexts of(RawSpan span, Reading reading) {
        MessageEvents events = MessageEvents.of(reading.text(Field.MESSAGE_EVENTS));
        String input = input(span, reading);
        String output = output(span, reading);
        return new PayloadTexts(
                withSystem(reading, input.isEmpty() ? events.asked() : input),
                output.isEmpty() ? events.answered() : output);
    }

    private static String input(RawSpan span, Reading reading) {
        String flattened = hasStructured(reading, Field.INPUT) ? "" : FlattenedMessages.input(span.attributes());
        if (!flattened.isEmpty()) {
            return flattened;
        }
        String text = reading.text(Field.INPUT);
        return text != null ? text : ofEvent(span, "gen_ai.content.prompt", "gen_ai.prompt");
    }

    private static String output(RawSpan span, Reading reading) {
        String flattened = hasStructured(reading, Field.OUTPUT) ? "" : FlattenedMessages.output(span.attributes());
        if (!flattened.isEmpty()) {
            return flattened;
        }
        String text = reading.text(Field.OUTPUT);
        String calls = reading.text(Field.OUTPUT_TOOL_CALLS);
        if (text != null && calls != null) {
            return textWithCalls(text, calls);
        }
        text = text == null ? calls : text;
        return text != null ? text : ofEvent(span, "gen_ai.content.completion", "gen_ai.completion");
    }

    private static String textWithCalls(String text, String calls) {
        if (!calls.startsWith("[")) {
            return text;
        }
        StringBuilder json = new StringBuilder("[{\"role\":\"assistant\",\"content\":\"");
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        return json.append("\",\"tool_calls\":").append(calls).append("}]").toString();
    }

    /** Whether the field holds messages by itself; OpenInference's {@code input.value} repeats them with more around. */
    private static boolean hasStructured(Reading reading, Field field) {
        String name = reading.nameOf(field);
        return name != null && !name.equals("input.value") && !name.equals("output.value");
    }

    private static String ofEvent(RawSpan span, String event, String attribute) {
        for (RawEvent candidate : span.events()) {
            if (candidate.name().equals(event)) {
                return candidate.text(attribute);
            }
        }
        return "";
    }

    /** System instructions, which the conventions keep apart, as the first message, unless the messages repeat them. */
    private static String withSystem(Reading reading, String input) {
        String system = reading.text(Field.SYSTEM_INSTRUCTIONS);
        if (system == null || hasSystem(input)) {
            return input;
        }
        StringBuilder json = new StringBuilder("[{\"role\":\"system\",");
        if (system.startsWith("[")) {
            json.append("\"parts\":").append(system);
        } else {
            json.append("\"content\":\"");
            JsonStringEncoder.getInstance().quoteAsString(system, json);
            json.append('"');
        }
        json.append('}');
        if (input.startsWith("[")) {
            String rest = input.substring(1).stripLeading();
            return json.append(rest.startsWith("]") ? "" : ",").append(rest).toString();
        }
        if (!input.isEmpty()) {
            json.append(",{\"role\":\"user\",\"content\":\"");
            JsonStringEncoder.getInstance().quoteAsString(input, json);
            json.append("\"}");
        }
        return json.append(']').toString();
    }

    private static boolean hasSystem(String messages) {
        return messages.startsWith("[{\"role\":\"system\"") || messages.startsWith("[{\"role\": \"system\"");
    }
}
