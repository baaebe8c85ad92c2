package io.pentameter.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads ids and times of one message from JSON. The first that cannot be read is remembered, not thrown. */
final class JsonScalars {

    private static final int MAX_SHOWN = 40;

    private final JsonParser in;
    private final JsonValues values;

    private @Nullable String fault;

    JsonScalars(JsonParser in, JsonValues values) {
        this.in = in;
        this.values = values;
    }

    /** Begins another message. */
    void reset() {
        fault = null;
    }

    /** What could not be read since the message began, as a sentence; absent if all could. */
    @Nullable
    String fault() {
        return fault;
    }

    ByteString id(String field) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return ByteString.EMPTY;
        }
        String hex = values.text();
        try {
            return ByteString.copyFrom(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException _) {
            note(field + " must be hex digits: \"" + shown(hex) + "\"");
            return ByteString.EMPTY;
        }
    }

    long whole(String field) throws IOException {
        JsonToken token = in.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return switch (in.getNumberType()) {
                case INT, LONG -> in.getLongValue();
                // above the signed range: what cannot be a time of ours anyway
                default -> Long.MIN_VALUE;
            };
        }
        if (token == JsonToken.VALUE_STRING) {
            String text = in.getText();
            try {
                return Long.parseUnsignedLong(text);
            } catch (NumberFormatException _) {
                note(field + " must be a whole number of 0 or more: \"" + shown(text) + "\"");
                return 0;
            }
        }
        if (token != JsonToken.VALUE_NULL) {
            note(field + " must be a whole number of 0 or more");
        }
        in.skipChildren();
        return 0;
    }

    /** A whole number that may be below zero. */
    long signed(String field) throws IOException {
        JsonToken token = in.currentToken();
        try {
            if (token == JsonToken.VALUE_NUMBER_INT) {
                return in.getLongValue();
            }
            if (token == JsonToken.VALUE_STRING) {
                return Long.parseLong(in.getText());
            }
        } catch (NumberFormatException | InputCoercionException _) {
            note(field + " must be a whole number of 64 bits: " + shown(in.getText()));
            return 0;
        }
        if (token != JsonToken.VALUE_NULL) {
            note(field + " must be a whole number");
        }
        in.skipChildren();
        return 0;
    }

    /** A number, or its name: NaN, Infinity, -Infinity. NaN for null. */
    double fraction(String field) throws IOException {
        JsonToken token = in.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return in.getDoubleValue();
        }
        if (token == JsonToken.VALUE_STRING) {
            try {
                return Double.parseDouble(in.getText());
            } catch (NumberFormatException _) {
                note(field + " must be a number: \"" + shown(in.getText()) + "\"");
                return Double.NaN;
            }
        }
        if (token != JsonToken.VALUE_NULL) {
            note(field + " must be a number");
        }
        in.skipChildren();
        return Double.NaN;
    }

    private void note(String sentence) {
        if (fault == null) {
            fault = sentence;
        }
    }

    private static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
