package io.pentameter.ingest.feedback;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks the body of a feedback request, and finds everything that is wrong with it at once. */
final class FeedbackForm {

    static final int MAX_COMMENT = 10_000;
    static final int MAX_ID = 200;

    private static final int TRACE_ID = 16;
    private static final int SPAN_ID = 8;

    private final JsonNode body;
    private final List<Mistake> mistakes = new ArrayList<>();

    /**
     * Something wrong.
     *
     * @param pointer JSON pointer to the field
     * @param detail  the value and what is allowed
     */
    record Mistake(String pointer, String detail) {}

    /** Either feedback, or what is wrong. */
    sealed interface Result {

        record Good(Feedback feedback) implements Result {}

        record Bad(List<Mistake> mistakes) implements Result {}
    }

    private FeedbackForm(JsonNode body) {
        this.body = body;
    }

    /**
     * @param idempotencyKey header of the request; absent if there was none
     * @param newId          makes an id if the client gave none
     */
    static Result read(JsonNode body, @Nullable String idempotencyKey, Supplier<String> newId) {
        if (!body.isObject()) {
            return new Result.Bad(List.of(new Mistake("", "the body must be a JSON object")));
        }
        return new FeedbackForm(body).read(idempotencyKey, newId);
    }

    private Result read(@Nullable String idempotencyKey, Supplier<String> newId) {
        ByteString traceId = hex("traceId", TRACE_ID, true);
        ByteString spanId = hex("spanId", SPAN_ID, false);
        Boolean isUp = thumbs();
        Integer rating = rating();
        String comment = text("comment", MAX_COMMENT);
        String user = text("user", MAX_ID);
        String id = text("id", MAX_ID);
        if (id.isEmpty() && idempotencyKey != null) {
            id = idempotencyKey;
        }
        if (id.length() > MAX_ID) {
            mistakes.add(new Mistake("Idempotency-Key", "must have at most " + MAX_ID + " characters"));
        }
        if (mistakes.isEmpty() && isUp == null && rating == null && comment.isEmpty()) {
            mistakes.add(new Mistake("", "at least one of thumbs, rating and comment must be given"));
        }
        return mistakes.isEmpty()
                ? new Result.Good(
                        new Feedback(traceId, spanId, id.isEmpty() ? newId.get() : id, isUp, rating, comment, user))
                : new Result.Bad(mistakes);
    }

    private ByteString hex(String field, int length, boolean isRequired) {
        JsonNode value = body.path(field);
        if (isAbsent(value) && !isRequired) {
            return ByteString.EMPTY;
        }
        ByteString id = value.isTextual() ? Feedback.id(value.asText(), length) : null;
        if (id == null) {
            mistakes.add(
                    new Mistake("/" + field, "must be " + 2 * length + " hex digits, not all zero: " + shown(value)));
            return ByteString.EMPTY;
        }
        return id;
    }

    private @Nullable Boolean thumbs() {
        JsonNode value = body.path("thumbs");
        if (isAbsent(value)) {
            return null;
        }
        if (value.isTextual() && value.asText().equals("up")) {
            return Boolean.TRUE;
        }
        if (value.isTextual() && value.asText().equals("down")) {
            return Boolean.FALSE;
        }
        mistakes.add(new Mistake("/thumbs", "must be up or down: " + shown(value)));
        return null;
    }

    private @Nullable Integer rating() {
        JsonNode value = body.path("rating");
        if (isAbsent(value)) {
            return null;
        }
        boolean isGood = value.isIntegralNumber()
                && value.canConvertToInt()
                && value.asInt() >= Feedback.MIN_RATING
                && value.asInt() <= Feedback.MAX_RATING;
        if (!isGood) {
            mistakes.add(new Mistake("/rating", "must be a whole number from 1 to 5: " + shown(value)));
            return null;
        }
        return value.asInt();
    }

    private String text(String field, int maxChars) {
        JsonNode value = body.path(field);
        if (isAbsent(value)) {
            return "";
        }
        if (!value.isTextual()) {
            mistakes.add(new Mistake("/" + field, "must be a text: " + shown(value)));
            return "";
        }
        String text = value.asText();
        if (text.length() > maxChars) {
            mistakes.add(new Mistake(
                    "/" + field, "must have at most " + maxChars + " characters, but has " + text.length()));
            return "";
        }
        return text;
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "(absent)" : value.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
