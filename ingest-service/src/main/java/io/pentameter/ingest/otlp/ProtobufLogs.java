package io.pentameter.ingest.otlp;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.SpanSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes {@code ExportLogsServiceRequest} from protobuf.
 *
 * <p>Field numbers: opentelemetry-proto 1.10, {@code logs/v1/logs.proto}. A record whose own bytes are broken is marked and
 * hurts no other; anything broken outside of a record makes the whole body undecodable.
 */
final class ProtobufLogs {

    private static final int BYTES = 2;
    private static final int FIXED64 = 1;

    private final ProtoReader in;
    private final DecodeLimits limits;
    private final ProtobufExport export;
    private final List<RawLog> logs = new ArrayList<>();

    private ProtobufLogs(byte[] body, NameTable names, DecodeLimits limits) {
        this.in = new ProtoReader(body);
        this.limits = limits;
        this.export = new ProtobufExport(in, names, limits);
    }

    /** @throws UndecodableException if the body is no such message */
    static LogDelivery decode(byte[] body, NameTable names, DecodeLimits limits) {
        ProtobufLogs decoder = new ProtobufLogs(body, names, limits);
        decoder.export.read(source -> decoder.logs.add(decoder.log(source)));
        return new LogDelivery(decoder.logs, decoder.export.beyondLimit());
    }

    private RawLog log(SpanSource source) {
        int outer = in.enter();
        int end = in.end();
        ByteString traceId = ByteString.EMPTY;
        ByteString spanId = ByteString.EMPTY;
        long timeNs = 0;
        long observedNs = 0;
        String eventName = "";
        Attributes attributes = new Attributes(limits.maxAttributes());
        Object body = null;
        String unreadable = null;
        try {
            while (in.hasMore()) {
                int tag = in.tag();
                switch (tag) {
                    case (1 << 3) | FIXED64 -> timeNs = in.fixed64();
                    case (5 << 3) | BYTES -> body = export.value();
                    case (6 << 3) | BYTES -> export.attribute(attributes);
                    case (9 << 3) | BYTES -> traceId = in.byteString();
                    case (10 << 3) | BYTES -> spanId = in.byteString();
                    case (11 << 3) | FIXED64 -> observedNs = in.fixed64();
                    case (12 << 3) | BYTES -> eventName = in.headOfText(limits.maxTextBytes());
                    default -> in.skip(tag);
                }
            }
        } catch (UndecodableException e) {
            unreadable = e.getMessage();
            in.resume(end);
        }
        in.leave(outer);
        long at = timeNs == 0 ? observedNs : timeNs;
        return new RawLog(source, traceId, spanId, at, eventName, attributes, body, unreadable).withNameOfAttribute();
    }
}
