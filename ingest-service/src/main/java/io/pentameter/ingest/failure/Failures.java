package io.pentameter.ingest.failure;

import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.RawEvent;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.Utf8;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds failures.
 *
 * <p>A step failed if its status is error, or it has an exception event (LangSmith sends status ok with one), an {@code
 * error.type}, the level ERROR (Langfuse leaves the status unset), or, for a model call, an HTTP status of 400 or more.
 * A model call that did not fail can still disappoint: truncated, filtered, refused, empty; then there is a failure word
 * without an error.
 */
public final class Failures {

    /** Longest message in a record, in characters. */
    static final int MAX_MESSAGE = 1000;

    private static final int STATUS_ERROR = 2;

    private Failures() {}

    /**
     * The outcome, its message not yet redacted.
     *
     * @param outputTokens what the model put out, -1 if not known
     */
    public static Outcome of(RawSpan span, Reading reading, SpanKind kind, long outputTokens) {
        RawEvent exception = exception(span);
        int httpStatus = httpStatus(reading);
        boolean isError = isError(span, reading) || (httpStatus >= 400 && isModel(kind));
        Outcome.Builder outcome = Outcome.newBuilder().setHttpStatus(httpStatus);
        if (!isError) {
            String soft = isModel(kind) ? softFailure(reading, kind, outputTokens) : "";
            return soft.isEmpty() && httpStatus == 0
                    ? NONE
                    : outcome.setFailure(soft).build();
        }
        String type = errorType(reading, exception);
        String message = message(span, reading, exception);
        String word = FailureWords.of(httpStatus, type, message);
        return outcome.setError(true)
                .setErrorType(shortened(type, 200))
                .setMessage(shortened(message, MAX_MESSAGE))
                .setFailure(word.equals(FailureWords.UNKNOWN) && kind == SpanKind.SPAN_KIND_TOOL ? "tool_error" : word)
                .build();
    }

    /** Whether the client said, anywhere, that the step failed. */
    public static boolean isError(RawSpan span, Reading reading) {
        return span.statusCode() == STATUS_ERROR
                || reading.has(Field.ERROR_TYPE)
                || "ERROR".equals(reading.text(Field.LEVEL))
                || exception(span) != null;
    }

    private static final Outcome NONE = Outcome.getDefaultInstance();

    private static boolean isModel(SpanKind kind) {
        return kind == SpanKind.SPAN_KIND_MODEL_CALL || kind == SpanKind.SPAN_KIND_EMBEDDING;
    }

    private static String softFailure(Reading reading, SpanKind kind, long outputTokens) {
        String said = reading.firstText(Field.FINISH_REASON);
        String finish = said == null ? "" : said.toLowerCase(Locale.ROOT);
        return switch (finish) {
            case "refusal" -> "refusal";
            case "content_filter", "content-filter", "guardrail_intervened", "safety", "blocklist" -> "content_filter";
            case "length", "max_tokens", "max_output_tokens", "model_length" -> "truncation";
            case "stop", "end_turn" -> kind == SpanKind.SPAN_KIND_MODEL_CALL && outputTokens == 0 ? "empty_answer" : "";
            default -> "";
        };
    }

    private static int httpStatus(Reading reading) {
        long status = reading.count(Field.HTTP_STATUS);
        return status >= 100 && status <= 599 ? (int) status : 0;
    }

    private static @Nullable RawEvent exception(RawSpan span) {
        for (RawEvent event : span.events()) {
            if (event.name().equals("exception")) {
                return event;
            }
        }
        return null;
    }

    private static String errorType(Reading reading, @Nullable RawEvent exception) {
        String type = reading.textOrEmpty(Field.ERROR_TYPE);
        return type.isEmpty() && exception != null ? exception.text("exception.type") : type;
    }

    private static String message(RawSpan span, Reading reading, @Nullable RawEvent exception) {
        if (!span.statusMessage().isEmpty()) {
            return span.statusMessage();
        }
        String message = exception == null ? "" : exception.text("exception.message");
        return message.isEmpty() ? reading.textOrEmpty(Field.ERROR_MESSAGE) : message;
    }

    private static String shortened(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars;
        return Utf8.sound(text.substring(0, end));
    }
}
