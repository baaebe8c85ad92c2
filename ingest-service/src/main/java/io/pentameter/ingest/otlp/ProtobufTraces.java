package io.pentameter.ingest.otlp;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.RawEvent;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.SpanSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes {@code ExportTraceServiceRequest} from protobuf, straight from the bytes.
 *
 * <p>Field numbers: opentelemetry-proto 1.10, {@code collector/trace/v1/trace_service.proto}, {@code
 * trace/v1/trace.proto}, {@code common/v1/common.proto}. A span whose own bytes are broken is marked and hurts no other;
 * anything broken outside of a span makes the whole body undecodable.
 */
final class ProtobufTraces {

    private static final int BYTES = 2;
    private static final int FIXED64 = 1;
    private static final int VARINT = 0;

    private final ProtoReader in;
    private final NameTable names;
    private final DecodeLimits limits;
    private final ProtobufValues values;
    private final List<RawSpan> spans = new ArrayList<>();
    private int beyondLimit;

    private ProtobufTraces(byte[] body, NameTable names, DecodeLimits limits) {
        this.in = new ProtoReader(body);
        this.names = names;
        this.limits = limits;
        this.values = new ProtobufValues(in, limits);
    }

    /** @throws UndecodableException if the body is no such message */
    static Delivery decode(byte[] body, NameTable names, DecodeLimits limits) {
        ProtobufTraces traces = new ProtobufTraces(body, names, limits);
        while (traces.in.hasMore()) {
            int tag = traces.in.tag();
            if (tag == tag(1, BYTES)) {
                traces.resourceSpans();
            } else {
                traces.in.skip(tag);
            }
        }
        return new Delivery(traces.spans, traces.beyondLimit);
    }

    private void resourceSpans() {
        int outer = in.enter();
        // the resource may come after its spans: look for it first
        int start = in.position();
        Reading resource = Reading.of(new Attributes(limits.maxAttributes()));
        boolean hasSpans = false;
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == tag(1, BYTES)) {
                resource = resource();
            } else {
                hasSpans |= tag == tag(2, BYTES);
                in.skip(tag);
            }
        }
        if (hasSpans) {
            in.back(start);
            while (in.hasMore()) {
                int tag = in.tag();
                if (tag == tag(2, BYTES)) {
                    scopeSpans(resource);
                } else {
                    in.skip(tag);
                }
            }
        }
        in.leave(outer);
    }

    private Reading resource() {
        int outer = in.enter();
        Attributes attributes = new Attributes(limits.maxAttributes());
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == tag(1, BYTES)) {
                attribute(attributes);
            } else {
                in.skip(tag);
            }
        }
        in.leave(outer);
        return Reading.of(attributes);
    }

    private void scopeSpans(Reading resource) {
        int outer = in.enter();
        SpanSource source = new SpanSource(resource, "", "");
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == tag(1, BYTES)) {
                source = scope(resource);
            } else if (tag == tag(2, BYTES)) {
                if (spans.size() < limits.maxSpans()) {
                    spans.add(span(source));
                } else {
                    beyondLimit++;
                    in.skip(tag);
                }
            } else {
                in.skip(tag);
            }
        }
        in.leave(outer);
    }

    private SpanSource scope(Reading resource) {
        int outer = in.enter();
        String name = "";
        String version = "";
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == tag(1, BYTES)) {
                name = in.text();
            } else if (tag == tag(2, BYTES)) {
                version = in.text();
            } else {
                in.skip(tag);
            }
        }
        in.leave(outer);
        return new SpanSource(resource, name, version);
    }

    private RawSpan span(SpanSource source) {
        int outer = in.enter();
        int end = in.end();
        ByteString traceId = ByteString.EMPTY;
        ByteString spanId = ByteString.EMPTY;
        ByteString parentId = ByteString.EMPTY;
        String name = "";
        long startNs = 0;
        long endNs = 0;
        Status status = Status.UNSET;
        Attributes attributes = new Attributes(limits.maxAttributes());
        List<RawEvent> events = List.of();
        int eventsLeftOut = 0;
        String unreadable = null;
        try {
            while (in.hasMore()) {
                int tag = in.tag();
                switch (tag) {
                    case (1 << 3) | BYTES -> traceId = in.byteString();
                    case (2 << 3) | BYTES -> spanId = in.byteString();
                    case (4 << 3) | BYTES -> parentId = in.byteString();
                    case (5 << 3) | BYTES -> name = in.headOfText(limits.maxTextBytes());
                    case (7 << 3) | FIXED64 -> startNs = in.fixed64();
                    case (8 << 3) | FIXED64 -> endNs = in.fixed64();
                    case (9 << 3) | BYTES -> attribute(attributes);
                    case (11 << 3) | BYTES -> {
                        RawEvent event = events.size() < limits.maxEvents() ? event() : skipped(tag);
                        if (event == null) {
                            eventsLeftOut++;
                        } else {
                            events = events.isEmpty() ? new ArrayList<>(4) : events;
                            events.add(event);
                        }
                    }
                    case (12 << 3) | VARINT -> eventsLeftOut += (int) Math.min(in.varint() & 0xFFFFFFFFL, 1 << 20);
                    case (15 << 3) | BYTES -> status = status();
                    default -> in.skip(tag);
                }
            }
        } catch (UndecodableException e) {
            unreadable = e.getMessage();
            in.resume(end);
        }
        in.leave(outer);
        return new RawSpan(
                source,
                traceId,
                spanId,
                parentId,
                name,
                startNs,
                endNs,
                status.code(),
                status.message(),
                attributes,
                events,
                eventsLeftOut,
                unreadable);
    }

    private @Nullable RawEvent skipped(int tag) {
        in.skip(tag);
        return null;
    }

    /** The event, or null if it is of no use to us. */
    private @Nullable RawEvent event() {
        int outer = in.enter();
        long timeNs = 0;
        String name = "";
        Attributes attributes = new Attributes(limits.maxAttributes());
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case (1 << 3) | FIXED64 -> timeNs = in.fixed64();
                case (2 << 3) | BYTES -> name = in.text();
                case (3 << 3) | BYTES -> attribute(attributes);
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        return UsefulEvents.contains(name) ? new RawEvent(name, timeNs, attributes) : null;
    }

    private Status status() {
        int outer = in.enter();
        String message = "";
        int code = 0;
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case (2 << 3) | BYTES -> message = in.headOfText(limits.maxTextBytes());
                case (3 << 3) | VARINT -> code = (int) in.varint();
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        return new Status(code, message);
    }

    private record Status(int code, String message) {
        static final Status UNSET = new Status(0, "");
    }

    /** A KeyValue. An attribute without a value is none. */
    private void attribute(Attributes attributes) {
        int outer = in.enter();
        int keyAt = 0;
        int keyLength = 0;
        Object value = null;
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == tag(1, BYTES)) {
                keyLength = in.length();
                keyAt = in.position();
                in.forward(keyLength);
            } else if (tag == tag(2, BYTES)) {
                value = values.value();
            } else {
                in.skip(tag);
            }
        }
        in.leave(outer);
        if (value != null && keyLength > 0) {
            attributes.add(names.find(in.bytes(), keyAt, keyLength), value);
        }
    }

    static int tag(int field, int wireType) {
        return field << 3 | wireType;
    }
}
