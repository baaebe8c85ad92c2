package io.pentameter.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.CutText;
import io.pentameter.ingest.dialect.JsonText;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.Utf8;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Decodes attributes and their values from JSON, to the same Java values as {@link ProtobufValues}. */
final class JsonValues {

    private final JsonParser in;
    private final NameTable names;
    private final DecodeLimits limits;

    JsonValues(JsonParser in, NameTable names, DecodeLimits limits) {
        this.in = in;
        this.names = names;
        this.limits = limits;
    }

    /** Text of the current scalar, sound and cut to the limit; empty for null and structures. */
    String text() throws IOException {
        JsonToken token = in.currentToken();
        if (!token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            in.skipChildren();
            return "";
        }
        return Utf8.sound(Utf8.cut(in.getText(), limits.maxTextBytes()));
    }

    /** The list of attributes that is the current token; anything else is skipped. */
    void attributes(Attributes into) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            in.skipChildren();
            return;
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() == JsonToken.START_OBJECT) {
                attribute(into);
            } else {
                in.skipChildren();
            }
        }
    }

    private void attribute(Attributes into) throws IOException {
        String key = "";
        Object value = null;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "key" -> key = text();
                case "value" -> value = value();
                default -> in.skipChildren();
            }
        }
        if (value != null && !key.isEmpty()) {
            into.add(names.find(key), value);
        }
    }

    /** The AnyValue that is the current token; absent if it says nothing. */
    @Nullable
    Object value() throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            return null;
        }
        Object value = null;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String kind = in.currentName();
            JsonToken token = in.nextToken();
            switch (kind) {
                case "stringValue", "bytesValue" -> value = limited();
                case "boolValue" -> value = token == JsonToken.VALUE_TRUE;
                case "intValue" -> value = number(true);
                case "doubleValue" -> value = number(false);
                case "arrayValue", "kvlistValue" -> {
                    JsonBuilder json = new JsonBuilder(limits.maxTextBytes());
                    structure(json, kind, 1);
                    value = json.isFull() ? new CutText(json.text(), json.wanted()) : new JsonText(json.text());
                }
                default -> in.skipChildren();
            }
        }
        return value;
    }

    private Object limited() throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            return text();
        }
        String whole = in.getText();
        String head = Utf8.cut(whole, limits.maxTextBytes());
        return head.length() == whole.length() ? Utf8.sound(whole) : new CutText(Utf8.sound(head), Utf8.size(whole));
    }

    /** A number sent as number or as text; what is none is kept as text. */
    private Object number(boolean isWhole) throws IOException {
        JsonToken token = in.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT && isWhole) {
            return switch (in.getNumberType()) {
                case INT, LONG -> in.getLongValue();
                default -> in.getText();
            };
        }
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return in.getDoubleValue();
        }
        String text = text();
        try {
            return isWhole ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
        } catch (NumberFormatException _) {
            return text;
        }
    }

    private void structure(JsonBuilder json, String kind, int depth) throws IOException {
        boolean isMap = kind.equals("kvlistValue");
        json.raw(isMap ? "{" : "[");
        boolean isFirst = true;
        if (in.currentToken() == JsonToken.START_OBJECT) {
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                boolean isValues = in.currentName().equals("values");
                if (in.nextToken() != JsonToken.START_ARRAY || !isValues) {
                    in.skipChildren();
                    continue;
                }
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    json.raw(isFirst ? "" : ",");
                    isFirst = false;
                    if (isMap) {
                        entry(json, depth);
                    } else {
                        nested(json, depth);
                    }
                }
            }
        } else {
            in.skipChildren();
        }
        json.raw(isMap ? "}" : "]");
    }

    private void entry(JsonBuilder json, int depth) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            json.raw("\"\":null");
            return;
        }
        String key = "";
        JsonBuilder value = new JsonBuilder(limits.maxTextBytes());
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "key" -> key = text();
                case "value" -> nested(value, depth);
                default -> in.skipChildren();
            }
        }
        json.text(key);
        json.raw(":");
        json.raw(value.wanted() == 0 || value.isFull() ? "null" : value.text());
    }

    private void nested(JsonBuilder json, int depth) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            json.raw("null");
            return;
        }
        boolean isWritten = false;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String kind = in.currentName();
            JsonToken token = in.nextToken();
            if (isWritten) {
                in.skipChildren();
                continue;
            }
            isWritten = true;
            switch (kind) {
                case "stringValue", "bytesValue" -> json.text(text());
                case "boolValue" -> json.raw(Boolean.toString(token == JsonToken.VALUE_TRUE));
                case "intValue", "doubleValue" -> number(json, kind);
                case "arrayValue", "kvlistValue" -> {
                    if (depth >= limits.maxDepth()) {
                        json.text("[deeper than " + limits.maxDepth() + " levels]");
                        in.skipChildren();
                    } else {
                        structure(json, kind, depth + 1);
                    }
                }
                default -> {
                    isWritten = false;
                    in.skipChildren();
                }
            }
        }
        if (!isWritten) {
            json.raw("null");
        }
    }

    private void number(JsonBuilder json, String kind) throws IOException {
        switch (number(kind.equals("intValue"))) {
            case Long whole -> json.raw(whole.toString());
            case Double fraction -> json.number(fraction);
            case Object other -> json.text(other.toString());
        }
    }
}
