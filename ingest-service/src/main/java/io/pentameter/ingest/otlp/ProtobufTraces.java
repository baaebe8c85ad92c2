package io.pentameter.ingest.otlp;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.RawEvent;
import io.pentameter.ingest.dialect.RawSpan;
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
    private final DecodeLimits limits;
    private final ProtobufExport export;
    private final List<RawSpan> spans = new ArrayList<>();

    private ProtobufTraces(byte[] body, NameTable names, DecodeLimits limits) {
        this.in = new ProtoReader(body);
        this.limits = limits;
        this.export = new ProtobufExport(in, names, limits);
    }

    /** @throws UndecodableException if the body is no such message */
    static Delivery decode(byte[] body, NameTable names, DecodeLimits limits) {
        ProtobufTraces traces = new ProtobufTraces(body, names, limits);
        traces.export.read(source -> traces.spans.add(traces.span(source)));
        return new Delivery(traces.spans, traces.export.beyondLimit());
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
                    case (9 << 3) | BYTES -> export.attribute(attributes);
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
                case (3 << 3) | BYTES -> export.attribute(attributes);
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
}
