package io.pentameter.ingest.otlp;

import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.RawSpan;
import java.util.ArrayList;
import java.util.List;

/** Decodes {@code ExportTraceServiceRequest} from JSON. */
final class JsonTraces {

    private static final JsonExport.Fields FIELDS = new JsonExport.Fields("resourceSpans", "scopeSpans", "spans");

    private JsonTraces() {}

    /** @throws UndecodableException if the body is no such message */
    static Delivery decode(byte[] body, NameTable names, DecodeLimits limits) {
        List<RawSpan> spans = new ArrayList<>();
        int beyondLimit = JsonExport.read(body, names, limits, FIELDS, (in, values) -> {
            JsonSpan span = new JsonSpan(in, values, limits);
            return source -> spans.add(span.read(source));
        });
        return new Delivery(spans, beyondLimit);
    }
}
