package io.pentameter.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.RawEvent;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.SpanSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Decodes one span from JSON. A field that cannot be read marks the span and nothing else. */
final class JsonSpan {

    private final JsonParser in;
    private final JsonValues values;
    private final JsonScalars scalars;
    private final DecodeLimits limits;

    JsonSpan(JsonParser in, JsonValues values, DecodeLimits limits) {
        this.in = in;
        this.values = values;
        this.scalars = new JsonScalars(in, values);
        this.limits = limits;
    }

    /** The span whose object was just opened. */
    RawSpan read(SpanSource source) throws IOException {
        scalars.reset();
        ByteString traceId = ByteString.EMPTY;
        ByteString spanId = ByteString.EMPTY;
        ByteString parentId = ByteString.EMPTY;
        String name = "";
        long startNs = 0;
        long endNs = 0;
        int statusCode = 0;
        String statusMessage = "";
        Attributes attributes = new Attributes(limits.maxAttributes());
        List<RawEvent> events = new ArrayList<>(0);
        int eventsLeftOut = 0;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            JsonToken token = in.nextToken();
            switch (field) {
                case "traceId" -> traceId = scalars.id(field);
                case "spanId" -> spanId = scalars.id(field);
                case "parentSpanId" -> parentId = scalars.id(field);
                case "name" -> name = values.text();
                case "startTimeUnixNano" -> startNs = scalars.whole(field);
                case "endTimeUnixNano" -> endNs = scalars.whole(field);
                case "attributes" -> values.attributes(attributes);
                case "events" -> eventsLeftOut += events(events);
                case "status" -> {
                    if (token == JsonToken.START_OBJECT) {
                        while (in.nextToken() == JsonToken.FIELD_NAME) {
                            String part = in.currentName();
                            in.nextToken();
                            switch (part) {
                                case "code" -> statusCode = (int) scalars.whole("status.code");
                                case "message" -> statusMessage = values.text();
                                default -> in.skipChildren();
                            }
                        }
                    } else {
                        in.skipChildren();
                    }
                }
                default -> in.skipChildren();
            }
        }
        return new RawSpan(
                source,
                traceId,
                spanId,
                parentId,
                name,
                startNs,
                endNs,
                statusCode,
                statusMessage,
                attributes,
                events,
                eventsLeftOut,
                scalars.fault());
    }

    private int events(List<RawEvent> events) throws IOException {
        int leftOut = 0;
        if (in.currentToken() != JsonToken.START_ARRAY) {
            in.skipChildren();
            return leftOut;
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() != JsonToken.START_OBJECT || events.size() >= limits.maxEvents()) {
                in.skipChildren();
                leftOut++;
                continue;
            }
            RawEvent event = event();
            if (UsefulEvents.contains(event.name())) {
                events.add(event);
            } else {
                leftOut++;
            }
        }
        return leftOut;
    }

    private RawEvent event() throws IOException {
        String name = "";
        long timeNs = 0;
        Attributes attributes = new Attributes(limits.maxAttributes());
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "name" -> name = values.text();
                case "timeUnixNano" -> timeNs = scalars.whole("event." + field);
                case "attributes" -> values.attributes(attributes);
                default -> in.skipChildren();
            }
        }
        return new RawEvent(name, timeNs, attributes);
    }
}
