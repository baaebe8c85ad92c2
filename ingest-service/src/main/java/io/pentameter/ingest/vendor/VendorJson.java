package io.pentameter.ingest.vendor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.ingest.dialect.JsonText;
import io.pentameter.ingest.dialect.Utf8;
import io.pentameter.ingest.otlp.UndecodableException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads and makes JSON of vendors. */
public final class VendorJson {

    /** Levels of arrays and objects; deeper bodies are refused. */
    static final int MAX_DEPTH = 200;

    private static final int MAX_SHOWN = 80;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private VendorJson() {}

    /** @throws UndecodableException if the bytes are no JSON, or too deep */
    public static JsonNode parse(byte[] body) {
        try {
            JsonNode parsed = JSON.readTree(body);
            if (parsed == null || parsed.isMissingNode()) {
                throw new UndecodableException("the body is empty; it must be JSON");
            }
            return parsed;
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new UndecodableException("the JSON body is cut off, broken or deeper than " + MAX_DEPTH + " levels"
                    + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
        } catch (NumberFormatException _) {
            // thrown by the parser for exponents that no number has
            throw new UndecodableException("the JSON body has a number that is out of every range");
        } catch (IOException e) {
            throw new UndecodableException("the JSON body cannot be read: " + e.getMessage());
        }
    }

    /** The JSON within a text; absent if it holds none. */
    public static @Nullable JsonNode within(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException | NumberFormatException _) {
            return null;
        }
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Whether there is a value, and not null. */
    public static boolean has(JsonNode node, String field) {
        return isValue(node.path(field));
    }

    public static boolean isValue(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    /** Text of a field that is a text or a number, empty otherwise. */
    public static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() || value.isNumber() ? Utf8.sound(value.asText()) : "";
    }

    /** A value as an attribute holds it: texts as they are, structures as JSON; absent for null and for nothing. */
    public static @Nullable Object attribute(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.asText().isEmpty() ? null : Utf8.sound(value.asText());
            case BOOLEAN -> value.asBoolean();
            case NUMBER ->
                value.isIntegralNumber() && value.canConvertToLong() ? (Object) value.asLong() : finite(value);
            case OBJECT, ARRAY -> value.isEmpty() ? null : new JsonText(Utf8.sound(value.toString()));
            case BINARY, MISSING, NULL, POJO -> null;
        };
    }

    private static Object finite(JsonNode value) {
        double number = value.asDouble();
        return Double.isInfinite(number) || Double.isNaN(number) ? value.asText() : (Object) number;
    }

    /** The value for an error message. */
    public static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "(absent)" : value.toString();
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
