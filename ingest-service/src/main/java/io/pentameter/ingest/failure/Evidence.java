package io.pentameter.ingest.failure;

import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.RawEvent;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.payload.PayloadTexts;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the rules look at: one step, and the attempts below it in the same delivery.
 *
 * @param outputTokens what the model put out, -1 if not known
 * @param attempts     what the calls directly below the step did
 */
public record Evidence(
        RawSpan span, Reading reading, SpanKind kind, long outputTokens, PayloadTexts texts, AttemptPattern attempts) {

    private static final int STATUS_ERROR = 2;

    /** Whether the client said, anywhere, that the step failed. */
    boolean isError() {
        return isError(span, reading) || (httpStatus() >= 400 && isModel());
    }

    static boolean isError(RawSpan span, Reading reading) {
        return span.statusCode() == STATUS_ERROR
                || reading.has(Field.ERROR_TYPE)
                || "ERROR".equals(reading.text(Field.LEVEL))
                || exception(span) != null;
    }

    boolean isModel() {
        return kind == SpanKind.SPAN_KIND_MODEL_CALL || kind == SpanKind.SPAN_KIND_EMBEDDING;
    }

    /** HTTP status of the provider's answer, 0 if not known. */
    int httpStatus() {
        long status = reading.count(Field.HTTP_STATUS);
        return status >= 100 && status <= 599 ? (int) status : 0;
    }

    /** Why the model stopped, in lower case as the client said it; empty if it did not. */
    String finish() {
        String said = reading.firstText(Field.FINISH_REASON);
        return said == null ? "" : said.toLowerCase(Locale.ROOT);
    }

    String errorType() {
        String type = reading.textOrEmpty(Field.ERROR_TYPE);
        RawEvent exception = exception(span);
        return type.isEmpty() && exception != null ? exception.text("exception.type") : type;
    }

    String message() {
        if (!span.statusMessage().isEmpty()) {
            return span.statusMessage();
        }
        RawEvent exception = exception(span);
        String message = exception == null ? "" : exception.text("exception.message");
        return message.isEmpty() ? reading.textOrEmpty(Field.ERROR_MESSAGE) : message;
    }

    private static @Nullable RawEvent exception(RawSpan span) {
        for (RawEvent event : span.events()) {
            if (event.name().equals("exception")) {
                return event;
            }
        }
        return null;
    }
}
