package io.pentameter.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.SpanSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Decodes {@code ExportLogsServiceRequest} from JSON. A field that cannot be read marks its record and nothing else. */
final class JsonLogs {

    private static final JsonExport.Fields FIELDS = new JsonExport.Fields("resourceLogs", "scopeLogs", "logRecords");

    private final JsonParser in;
    private final JsonValues values;
    private final JsonScalars scalars;
    private final DecodeLimits limits;

    private JsonLogs(JsonParser in, JsonValues values, DecodeLimits limits) {
        this.in = in;
        this.values = values;
        this.scalars = new JsonScalars(in, values);
        this.limits = limits;
    }

    /** @throws UndecodableException if the body is no such message */
    static LogDelivery decode(byte[] body, NameTable names, DecodeLimits limits) {
        List<RawLog> logs = new ArrayList<>();
        int beyondLimit = JsonExport.read(body, names, limits, FIELDS, (in, values) -> {
            JsonLogs reader = new JsonLogs(in, values, limits);
            return source -> logs.add(reader.read(source));
        });
        return new LogDelivery(logs, beyondLimit);
    }

    private RawLog read(SpanSource source) throws IOException {
        scalars.reset();
        ByteString traceId = ByteString.EMPTY;
        ByteString spanId = ByteString.EMPTY;
        long timeNs = 0;
        long observedNs = 0;
        String eventName = "";
        Object body = null;
        Attributes attributes = new Attributes(limits.maxAttributes());
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "traceId" -> traceId = scalars.id(field);
                case "spanId" -> spanId = scalars.id(field);
                case "timeUnixNano" -> timeNs = scalars.whole(field);
                case "observedTimeUnixNano" -> observedNs = scalars.whole(field);
                case "eventName" -> eventName = values.text();
                case "body" -> body = values.value();
                case "attributes" -> values.attributes(attributes);
                default -> in.skipChildren();
            }
        }
        long at = timeNs == 0 ? observedNs : timeNs;
        return new RawLog(source, traceId, spanId, at, eventName, attributes, body, scalars.fault())
                .withNameOfAttribute();
    }
}
