package io.pentameter.ingest.assembly;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.pentameter.ingest.dialect.CutText;
import io.pentameter.ingest.dialect.JsonText;
import io.pentameter.ingest.dialect.Utf8;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Facts as bytes for the store: a JSON object of arrays, the first element of which says what the value is. */
final class FactJson {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private FactJson() {}

    static byte[] write(Map<String, Object> facts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            for (Map.Entry<String, Object> fact : facts.entrySet()) {
                out.writeArrayFieldStart(Utf8.sound(fact.getKey()));
                value(out, fact.getValue());
                out.writeEndArray();
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void value(JsonGenerator out, Object value) throws IOException {
        switch (value) {
            case String text -> {
                out.writeString("t");
                out.writeString(Utf8.sound(text));
            }
            case JsonText json -> {
                out.writeString("j");
                out.writeString(Utf8.sound(json.text()));
            }
            case CutText cut -> {
                out.writeString("c");
                out.writeString(Utf8.sound(cut.head()));
                out.writeNumber(cut.size());
            }
            case Long whole -> {
                out.writeString("l");
                out.writeNumber(whole);
            }
            case Double fraction -> {
                out.writeString("d");
                out.writeString(fraction.toString());
            }
            case Boolean flag -> {
                out.writeString("b");
                out.writeBoolean(flag);
            }
            default -> throw new IllegalArgumentException("no value of an attribute: " + value.getClass());
        }
    }

    static SortedMap<String, Object> read(byte[] bytes) {
        SortedMap<String, Object> facts = new TreeMap<>();
        try (JsonParser in = JSON.createParser(bytes)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                String kind = in.nextTextValue();
                in.nextToken();
                facts.put(name, value(in, kind));
                in.nextToken();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a stored fragment cannot be read", e);
        }
        return facts;
    }

    private static Object value(JsonParser in, String kind) throws IOException {
        return switch (kind) {
            case "t" -> in.getText();
            case "j" -> new JsonText(in.getText());
            case "c" -> {
                String head = in.getText();
                in.nextToken();
                yield new CutText(head, in.getLongValue());
            }
            case "l" -> in.getLongValue();
            case "d" -> Double.valueOf(in.getText());
            case "b" -> in.getBooleanValue();
            default -> throw new IllegalStateException("unknown kind of a stored value: " + kind);
        };
    }
}
