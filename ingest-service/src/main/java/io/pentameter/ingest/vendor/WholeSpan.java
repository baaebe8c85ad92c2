package io.pentameter.ingest.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.SpanSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a span together that comes whole. An attribute without a value is none. Not thread-safe. */
public final class WholeSpan {

    private static final NameTable NAMES = new NameTable();
    private static final int MAX_ATTRIBUTES = 512;
    private static final Reading NO_RESOURCE = Reading.of(new Attributes(1));

    private final Attributes attributes = new Attributes(MAX_ATTRIBUTES);
    private ByteString traceId = ByteString.EMPTY;
    private ByteString spanId = ByteString.EMPTY;
    private ByteString parentId = ByteString.EMPTY;
    private String name = "";
    private long startNs;
    private long endNs;
    private int status;
    private String statusMessage = "";
    private @Nullable String unreadable;

    public WholeSpan ids(ByteString trace, ByteString span, ByteString parent) {
        traceId = trace;
        spanId = span;
        parentId = parent;
        return this;
    }

    public WholeSpan named(String text) {
        name = text;
        return this;
    }

    /** Nanoseconds since the epoch. */
    public WholeSpan during(long start, long end) {
        startNs = start;
        endNs = end;
        return this;
    }

    public WholeSpan failed(String message) {
        status = 2;
        statusMessage = message;
        return this;
    }

    /** Something in it cannot be read: it will be refused with this sentence. The first one counts. */
    public WholeSpan broken(String sentence) {
        unreadable = unreadable == null ? sentence : unreadable;
        return this;
    }

    public WholeSpan with(String attribute, @Nullable Object value) {
        if (value != null && !value.equals("")) {
            attributes.add(NAMES.find(attribute), value);
        }
        return this;
    }

    public WholeSpan with(String attribute, JsonNode value) {
        return with(attribute, VendorJson.attribute(value));
    }

    public WholeSpan withAll(Map<String, Long> counts) {
        counts.forEach(this::with);
        return this;
    }

    public RawSpan build() {
        return new RawSpan(
                new SpanSource(NO_RESOURCE, "", ""),
                traceId,
                spanId,
                parentId,
                name,
                startNs,
                endNs,
                status,
                statusMessage,
                attributes,
                List.of(),
                0,
                unreadable);
    }
}
