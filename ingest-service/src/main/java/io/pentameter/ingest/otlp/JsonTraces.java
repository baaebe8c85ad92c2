package io.pentameter.ingest.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.SpanSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes {@code ExportTraceServiceRequest} from JSON by the rules of OTLP: names in lowerCamelCase, ids in hex, enums as
 * numbers, 64-bit numbers as number or text, unknown fields ignored.
 *
 * <p>Not {@code JsonFormat}: it takes hex ids for Base64 without an error.
 */
final class JsonTraces {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(10_000)
                    .build())
            .build();

    private final JsonParser in;
    private final DecodeLimits limits;
    private final JsonValues values;
    private final JsonSpan span;
    private final List<RawSpan> spans = new ArrayList<>();
    private int beyondLimit;

    private JsonTraces(JsonParser in, NameTable names, DecodeLimits limits) {
        this.in = in;
        this.limits = limits;
        this.values = new JsonValues(in, names, limits);
        this.span = new JsonSpan(in, values, limits);
    }

    /** @throws UndecodableException if the body is no such message */
    static Delivery decode(byte[] body, NameTable names, DecodeLimits limits) {
        try (JsonParser in = FACTORY.createParser(body)) {
            JsonTraces traces = new JsonTraces(in, names, limits);
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new UndecodableException("the JSON body must be an object with the field resourceSpans");
            }
            traces.request();
            if (in.nextToken() != null) {
                throw new UndecodableException("the JSON body goes on after its end");
            }
            return new Delivery(traces.spans, traces.beyondLimit);
        } catch (JsonProcessingException e) {
            throw new UndecodableException("the JSON body is cut off or broken at line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new UndecodableException("the JSON body cannot be read: " + e.getMessage());
        }
    }

    private void request() throws IOException {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            boolean isSpans = in.currentName().equals("resourceSpans");
            if (in.nextToken() == JsonToken.START_ARRAY && isSpans) {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    resourceSpans();
                }
            } else {
                in.skipChildren();
            }
        }
    }

    /** A resource that comes after its spans counts for the spans that follow only; no client writes it so. */
    private void resourceSpans() throws IOException {
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
            } else if (field.equals("scopeSpans") && token == JsonToken.START_ARRAY) {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    scopeSpans(resource);
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

    private void scopeSpans(Reading resource) throws IOException {
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
            } else if (field.equals("spans") && token == JsonToken.START_ARRAY) {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    span(source);
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

    private void span(SpanSource source) throws IOException {
        if (in.currentToken() == JsonToken.START_OBJECT && spans.size() < limits.maxSpans()) {
            spans.add(span.read(source));
        } else {
            beyondLimit += in.currentToken() == JsonToken.START_OBJECT ? 1 : 0;
            in.skipChildren();
        }
    }
}
