package io.pentameter.ingest.payload;

import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.FinishReasons;
import io.pentameter.ingest.dialect.RawEvent;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.Utf8;
import io.pentameter.ingest.redact.Redactor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds a span's input and output, redacts them, and keeps of them what the tenant and the limit allow. */
public final class Payloads {

    /** Most bytes of an input or an output that are kept. */
    public static final int MAX_TEXT = 1 << 20;

    /** Beyond the limit a little more is searched, so that a secret on the border is found whole. */
    private static final int MARGIN = 4 << 10;

    private static final String[] CONTENT = {
        "gen_ai.system_instructions",
        "gen_ai.tool.definitions",
        "gen_ai.input.",
        "gen_ai.output.messages",
        "gen_ai.prompt",
        "gen_ai.completion",
        "gen_ai.tool.call.",
        "gen_ai.retrieval.",
        "input.",
        "output.",
        "llm.input_messages.",
        "llm.output_messages.",
        "llm.prompt",
        "llm.tools.",
        "retrieval.documents.",
        "embedding.",
        "reranker.",
        "ai.prompt",
        "ai.response.text",
        "ai.response.object",
        "ai.response.toolCalls",
        "ai.toolCall.",
        "ai.value",
        "traceloop.entity.",
        "traceloop.prompt.template",
        "langfuse.observation.input",
        "langfuse.observation.output",
        "langfuse.trace.",
        "langsmith.metadata.",
        "exception."
    };

    private Payloads() {}

    /** Whether an attribute may quote a prompt or an output. */
    public static boolean mayQuote(String attribute) {
        for (String prefix : CONTENT) {
            if (attribute.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an attribute was put into the payload with others, so that it need not be kept as such. */
    public static boolean isTaken(String attribute) {
        return FlattenedMessages.isPart(attribute);
    }

    /** The text as {@link PayloadMode#MASKED} keeps it. */
    public static String masked(String text) {
        return PayloadMask.mask(text);
    }

    /**
     * The payload.
     *
     * @param found gets the words of what was redacted
     * @return absent if the span has neither input nor output nor anything to say of them
     */
    public static @Nullable Payload of(
            RawSpan span, Reading reading, SpanKind kind, PayloadMode mode, Redactor redactor, Set<String> found) {
        String input = withSystem(reading, input(span, reading));
        String output = output(span, reading);
        String finish = FinishReasons.canonical(reading.firstText(Field.FINISH_REASON));
        String type = kind == SpanKind.SPAN_KIND_OTHER ? "" : reading.textOrEmpty(Field.OUTPUT_TYPE);
        if (input.isEmpty() && output.isEmpty() && finish.isEmpty() && type.isEmpty()) {
            return null;
        }
        long inputSize = Math.max(reading.sizeOf(Field.INPUT), Utf8.size(input));
        long outputSize = Math.max(reading.sizeOf(Field.OUTPUT), Utf8.size(output));
        Payload.Builder payload = Payload.newBuilder()
                .setInputSize(inputSize)
                .setOutputSize(outputSize)
                .setFinishReason(finish)
                .setOutputType(type.length() > 40 ? "" : type);
        if (mode == PayloadMode.METADATA_ONLY) {
            return payload.build();
        }
        return payload.setInput(kept(input, mode, redactor, found))
                .setOutput(kept(output, mode, redactor, found))
                .setTruncated(inputSize > MAX_TEXT || outputSize > MAX_TEXT)
                .build();
    }

    private static String kept(String text, PayloadMode mode, Redactor redactor, Set<String> found) {
        String searched = redactor.redact(Utf8.cut(text, MAX_TEXT + MARGIN), found);
        return Utf8.cut(mode == PayloadMode.MASKED ? PayloadMask.mask(searched) : searched, MAX_TEXT);
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
        text = text == null ? reading.text(Field.OUTPUT_TOOL_CALLS) : text;
        return text != null ? text : ofEvent(span, "gen_ai.content.completion", "gen_ai.completion");
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

    /** System instructions, which the conventions keep apart, as the first message. */
    private static String withSystem(Reading reading, String input) {
        String system = reading.text(Field.SYSTEM_INSTRUCTIONS);
        if (system == null || !system.startsWith("[") || !input.startsWith("[")) {
            return input.isEmpty() && system != null ? system : input;
        }
        String rest = input.substring(1).stripLeading();
        return "[{\"role\":\"system\",\"parts\":" + system + "}" + (rest.startsWith("]") ? rest : "," + rest);
    }
}
