package io.pentameter.ingest.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.SpanSource;
import java.io.IOException;

/**
 * What the export requests of all signals have in common in JSON, by the rules of OTLP: names in lowerCamelCase, ids in hex,
 * enums as numbers, 64-bit numbers as numbers or text, unknown fields ignored.
 *
 * <p>Not {@code JsonFormat}: it takes hex ids for Base64 without an error.
 */
final class JsonExport {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(10_000)
                    .build())
            .build();

    private final JsonParser in;
    private final DecodeLimits limits;
    private final JsonValues values;
    private final Fields fields;
    private int leaves;
    private int beyondLimit;

    /** The names of the lists: {@code resourceSpans}, {@code scopeSpans}, {@code spans}. */
    record Fields(String byResource, String byScope, String leaves) {}

    /** Makes the reader of the signal's own messages. */
    @FunctionalInterface
    interface Leaves {
        Leaf reader(JsonParser in, JsonValues values);
    }

    /** Reads one message of the signal, whose object was just opened. */
    @FunctionalInterface
    interface Leaf {
        void read(SpanSource source) throws IOException;
    }

    private JsonExport(JsonParser in, NameTable names, DecodeLimits limits, Fields fields) {
        this.in = in;
        this.limits = limits;
        this.values = new JsonValues(in, names, limits);
        this.fields = fields;
    }

    /**
     * Reads a whole request.
     *
     * @return how many messages there were beyond the limit
     * @throws UndecodableException if the body is no such message
     */
    static int read(byte[] body, NameTable names, DecodeLimits limits, Fields fields, Leaves leaves) {
        try (JsonParser in = FACTORY.createParser(body)) {
            JsonExport export = new JsonExport(in, names, limits, fields);
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new UndecodableException("the JSON body must be an object with the field " + fields.byResource());
            }
            export.request(leaves.reader(in, export.values));
            if (in.nextToken() != null) {
                throw new UndecodableException("the JSON body goes on after its end");
            }
            return export.beyondLimit;
        } catch (JsonProcessingException e) {
            throw new UndecodableException("the JSON body is cut off or broken at line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new UndecodableException("the JSON body cannot be read: " + e.getMessage());
        }
    }

    private void request(Leaf leaf) throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            boolean isList = in.currentName().equals(fields.byResource());
            if (in.nextToken() == JsonToken.START_ARRAY && isList) {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    ofResource(leaf);
                }
            } else {
                in.skipChildren();
            }
        }
    }

    /** A resource that comes after its spans counts for the spans that follow only; no client writes it so. */
    private void ofResource(Leaf leaf) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            return;
        }
        Reading resource = Reading.of(new Attributes(limits.maxAttributes()));
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            JsonToken token = in.nextToken();
            if (field.equals("resource") && token == JsonToken.START_OBJECT) {
                resource = resource();
            } else if (field.equals(fields.byScope()) && token == JsonToken.START_ARRAY) {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    ofScope(resource, leaf);
                }
            } else {
                in.skipChildren();
            }
        }
    }

    private Reading resource() throws IOException {
        Attributes attributes = new Attributes(limits.maxAttributes());
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            boolean isAttributes = in.currentName().equals("attributes");
            in.nextToken();
            if (isAttributes) {
                values.attributes(attributes);
            } else {
                in.skipChildren();
            }
        }
        return Reading.of(attributes);
    }

    private void ofScope(Reading resource, Leaf leaf) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            return;
        }
        SpanSource source = new SpanSource(resource, "", "");
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            JsonToken token = in.nextToken();
            if (field.equals("scope") && token == JsonToken.START_OBJECT) {
                source = scope(resource);
            } else if (field.equals(fields.leaves()) && token == JsonToken.START_ARRAY) {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    leaf(source, leaf);
                }
            } else {
                in.skipChildren();
            }
        }
    }

    private SpanSource scope(Reading resource) throws IOException {
        String name = "";
        String version = "";
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "name" -> name = values.text();
                case "version" -> version = values.text();
                default -> in.skipChildren();
            }
        }
        return new SpanSource(resource, name, version);
    }

    private void leaf(SpanSource source, Leaf leaf) throws IOException {
        if (in.currentToken() == JsonToken.START_OBJECT && leaves < limits.maxSpans()) {
            leaves++;
            leaf.read(source);
        } else {
            beyondLimit += in.currentToken() == JsonToken.START_OBJECT ? 1 : 0;
            in.skipChildren();
        }
    }
}
