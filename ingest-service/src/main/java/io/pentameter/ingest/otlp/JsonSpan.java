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
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes one span from JSON. A field that cannot be read marks the span and nothing else. */
final class JsonSpan {

    private static final int MAX_SHOWN = 40;

    private final JsonParser in;
    private final JsonValues values;
    private final DecodeLimits limits;

    private @Nullable String unreadable;

    JsonSpan(JsonParser in, JsonValues values, DecodeLimits limits) {
        this.in = in;
        this.values = values;
        this.limits = limits;
    }

    /** The span whose object was just opened. */
    RawSpan read(SpanSource source) throws IOException {
        unreadable = null;
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
                case "traceId" -> traceId = id(field);
                case "spanId" -> spanId = id(field);
                case "parentSpanId" -> parentId = id(field);
                case "name" -> name = values.text();
                case "startTimeUnixNano" -> startNs = whole(field);
                case "endTimeUnixNano" -> endNs = whole(field);
                case "attributes" -> values.attributes(attributes);
                case "events" -> eventsLeftOut += events(events);
                case "status" -> {
                    if (token == JsonToken.START_OBJECT) {
                        while (in.nextToken() == JsonToken.FIELD_NAME) {
                            String part = in.currentName();
                            in.nextToken();
                            switch (part) {
                                case "code" -> statusCode = (int) whole("status.code");
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
                unreadable);
    }

    private ByteString id(String field) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return ByteString.EMPTY;
        }
        String hex = values.text();
        try {
            return ByteString.copyFrom(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException _) {
            fault(field + " must be hex digits: \"" + shown(hex) + "\"");
            return ByteString.EMPTY;
        }
    }

    private long whole(String field) throws IOException {
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
                fault(field + " must be a whole number of 0 or more: \"" + shown(text) + "\"");
                return 0;
            }
        }
        if (token != JsonToken.VALUE_NULL) {
            fault(field + " must be a whole number of 0 or more");
        }
        in.skipChildren();
        return 0;
    }

    private void fault(String sentence) {
        if (unreadable == null) {
            unreadable = sentence;
        }
    }

    private static String shown(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
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
                case "timeUnixNano" -> timeNs = whole("event." + field);
                case "attributes" -> values.attributes(attributes);
                default -> in.skipChildren();
            }
        }
        return new RawEvent(name, timeNs, attributes);
    }
}
