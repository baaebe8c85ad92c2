package io.pentameter.quality.rating;

import io.pentameter.contracts.v1.SpanRecord;
import java.util.Map;

/**
 * The part of a span that raters look at. Everything in it was redacted before it came here.
 *
 * @param input        the conversation before the answer, as the client sent it: JSON or plain text
 * @param answer       the text of the answer; empty if there was none
 * @param hasOtherParts whether the answer also holds parts that are no text: tool calls, images, files
 * @param isCut        whether Pentameter itself stored only a part of the payload
 * @param finishReason canonical word: stop, length, tool_call, content_filter, error; empty if not known
 * @param wantsJson    whether the client asked for JSON
 * @param failure      failure word of the span; empty if it did not fail
 * @param isError      whether the span failed outright, so that an answer is not to be expected
 * @param sources      texts that the answer may cite besides the input: retrieved documents
 */
public record Subject(
        String input,
        String answer,
        boolean hasOtherParts,
        boolean isCut,
        String finishReason,
        boolean wantsJson,
        String failure,
        boolean isError,
        String sources) {

    /** What is to be graded of the span. */
    public static Subject of(SpanRecord span) {
        AnswerText answer = AnswerText.of(span.getPayload().getOutput());
        Map<String, String> attributes = span.getAttributesMap();
        return new Subject(
                span.getPayload().getInput(),
                answer.text(),
                answer.hasOtherParts(),
                isCut(span),
                span.getPayload().getFinishReason(),
                wantsJson(span.getPayload().getOutputType(), attributes),
                span.getOutcome().getFailure(),
                span.getOutcome().getError(),
                sources(attributes));
    }

    /** Attributes that raters read, so that the rest need not be kept. */
    public static boolean isNeeded(String attribute) {
        return isSource(attribute) || isFormat(attribute);
    }

    private static boolean isCut(SpanRecord span) {
        return span.getPayload().getTruncated()
                || span.getPayload().getOutputSize()
                        > span.getPayload().getOutputBytes().size();
    }

    private static boolean wantsJson(String outputType, Map<String, String> attributes) {
        if (outputType.startsWith("json")) {
            return true;
        }
        return attributes.entrySet().stream()
                .anyMatch(entry -> isFormat(entry.getKey()) && entry.getValue().contains("json"));
    }

    private static String sources(Map<String, String> attributes) {
        StringBuilder all = new StringBuilder();
        attributes.forEach((name, value) -> {
            if (isSource(name)) {
                all.append(value).append('\n');
            }
        });
        return all.toString();
    }

    private static boolean isFormat(String attribute) {
        return attribute.endsWith("response_format");
    }

    private static boolean isSource(String attribute) {
        return attribute.contains("retrieval.documents")
                || attribute.contains("retrieval.context")
                || attribute.contains("citations")
                || attribute.startsWith("pentameter.document");
    }
}
