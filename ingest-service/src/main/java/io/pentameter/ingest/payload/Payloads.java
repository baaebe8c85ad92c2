package io.pentameter.ingest.payload;

import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.FinishReasons;
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
        "mlflow.span",
        "mlflow.chat.tools",
        "mlflow.trace",
        "pydantic_ai.",
        "all_messages_events",
        "final_result",
        "events",
        "tool_arguments",
        "tool_response",
        "logfire.msg",
        "model_request_parameters",
        "gen_ai.response.tool_calls",
        "gen_ai.tool.args",
        "exception."
    };

    private Payloads() {}

    /** What may be kept of a payload. */
    public record Keeping(PayloadMode input, PayloadMode output, Redactor redactor) {}

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
     * @param texts what the span was given and gave
     * @param found gets the words of what was redacted
     * @return absent if the span has neither input nor output nor anything to say of them
     */
    public static @Nullable Payload of(
            PayloadTexts texts, Reading reading, SpanKind kind, Keeping keeping, Set<String> found) {
        String input = texts.input();
        String output = texts.output();
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
        boolean isCut = (inputSize > MAX_TEXT && keeping.input() != PayloadMode.METADATA_ONLY)
                || (outputSize > MAX_TEXT && keeping.output() != PayloadMode.METADATA_ONLY);
        return payload.setInput(kept(input, keeping.input(), keeping.redactor(), found))
                .setOutput(kept(output, keeping.output(), keeping.redactor(), found))
                .setTruncated(isCut)
                .build();
    }

    /**
     * What may be kept of a text by itself: redacted, masked where the tenant wants it, cut to {@link #MAX_TEXT}; nothing in
     * {@link PayloadMode#METADATA_ONLY}.
     *
     * @param found gets the words of what was redacted
     */
    public static String kept(String text, PayloadMode mode, Redactor redactor, Set<String> found) {
        if (mode == PayloadMode.METADATA_ONLY) {
            return "";
        }
        String searched = redactor.redact(Utf8.cut(text, MAX_TEXT + MARGIN), found);
        return Utf8.cut(mode == PayloadMode.MASKED ? PayloadMask.mask(searched) : searched, MAX_TEXT);
    }
}
