package io.pentameter.ingest.otlp;

import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.SpanSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes {@code ExportMetricsServiceRequest} from protobuf.
 *
 * <p>Field numbers: opentelemetry-proto 1.10, {@code metrics/v1/metrics.proto}. A point whose own bytes are broken is
 * marked and hurts no other; anything broken outside of a point makes the whole body undecodable. Exemplars are not read.
 */
final class ProtobufMetrics {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;

    private final ProtoReader in;
    private final DecodeLimits limits;
    private final ProtobufExport export;
    private final List<RawMetric> metrics = new ArrayList<>();
    private int points;
    private long beyondLimit;

    private ProtobufMetrics(byte[] body, NameTable names, DecodeLimits limits) {
        this.in = new ProtoReader(body);
        this.limits = limits;
        this.export = new ProtobufExport(in, names, limits);
    }

    /** @throws UndecodableException if the body is no such message */
    static MetricDelivery decode(byte[] body, NameTable names, DecodeLimits limits) {
        ProtobufMetrics decoder = new ProtobufMetrics(body, names, limits);
        decoder.export.read(source -> decoder.metrics.add(decoder.metric(source)));
        return new MetricDelivery(decoder.metrics, decoder.beyondLimit + decoder.export.beyondLimit());
    }

    private RawMetric metric(SpanSource source) {
        int outer = in.enter();
        String name = "";
        String unit = "";
        RawMetric data = new RawMetric(source, "", "", RawMetric.Type.UNKNOWN, 0, false, List.of());
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case (1 << 3) | BYTES -> name = in.headOfText(limits.maxTextBytes());
                case (3 << 3) | BYTES -> unit = in.headOfText(limits.maxTextBytes());
                case (5 << 3) | BYTES -> data = data(source, RawMetric.Type.GAUGE);
                case (7 << 3) | BYTES -> data = data(source, RawMetric.Type.SUM);
                case (9 << 3) | BYTES -> data = data(source, RawMetric.Type.HISTOGRAM);
                case (10 << 3) | BYTES -> data = data(source, RawMetric.Type.EXPONENTIAL_HISTOGRAM);
                case (11 << 3) | BYTES -> data = data(source, RawMetric.Type.SUMMARY);
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        return new RawMetric(source, name, unit, data.type(), data.temporality(), data.isMonotonic(), data.points());
    }

    private RawMetric data(SpanSource source, RawMetric.Type type) {
        int outer = in.enter();
        List<RawPoint> read = new ArrayList<>();
        int temporality = 0;
        boolean isMonotonic = false;
        while (in.hasMore()) {
            int tag = in.tag();
            if (tag == (1 << 3 | BYTES)) {
                if (points < limits.maxSpans()) {
                    points++;
                    read.add(point(type));
                } else {
                    beyondLimit++;
                    in.skip(tag);
                }
            } else if (tag == (2 << 3 | VARINT)) {
                temporality = (int) in.varint();
            } else if (tag == (3 << 3 | VARINT)) {
                isMonotonic = in.varint() != 0;
            } else {
                in.skip(tag);
            }
        }
        in.leave(outer);
        return new RawMetric(source, "", "", type, temporality, isMonotonic, read);
    }

    private RawPoint point(RawMetric.Type type) {
        int outer = in.enter();
        int end = in.end();
        PointDraft draft = new PointDraft(limits.maxAttributes());
        try {
            while (in.hasMore()) {
                int tag = in.tag();
                switch (tag) {
                    case (2 << 3) | FIXED64 -> draft.startNs = in.fixed64();
                    case (3 << 3) | FIXED64 -> draft.timeNs = in.fixed64();
                    default -> {
                        boolean isRead = switch (type) {
                            case GAUGE, SUM -> number(tag, draft);
                            case HISTOGRAM -> histogram(tag, draft);
                            case EXPONENTIAL_HISTOGRAM -> exponential(tag, draft);
                            case SUMMARY, UNKNOWN -> false;
                        };
                        if (!isRead) {
                            in.skip(tag);
                        }
                    }
                }
            }
        } catch (UndecodableException e) {
            draft.unreadable = e.getMessage();
            in.resume(end);
        }
        in.leave(outer);
        return draft.point(type);
    }

    private boolean number(int tag, PointDraft draft) {
        switch (tag) {
            case (7 << 3) | BYTES -> export.attribute(draft.attributes);
            case (4 << 3) | FIXED64 -> draft.single(Double.longBitsToDouble(in.fixed64()));
            case (6 << 3) | FIXED64 -> draft.single((double) in.fixed64());
            case (8 << 3) | VARINT -> draft.flags = in.varint();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean histogram(int tag, PointDraft draft) {
        switch (tag) {
            case (9 << 3) | BYTES -> export.attribute(draft.attributes);
            case (4 << 3) | FIXED64 -> draft.count = in.fixed64();
            case (5 << 3) | FIXED64 -> draft.sum = Double.longBitsToDouble(in.fixed64());
            case (6 << 3) | BYTES -> packed(draft.counts);
            case (6 << 3) | FIXED64 -> draft.counts.add(in.fixed64());
            case (7 << 3) | BYTES -> packed(draft.bounds);
            case (7 << 3) | FIXED64 -> draft.bounds.add(in.fixed64());
            case (10 << 3) | VARINT -> draft.flags = in.varint();
            case (11 << 3) | FIXED64 -> draft.min = Double.longBitsToDouble(in.fixed64());
            case (12 << 3) | FIXED64 -> draft.max = Double.longBitsToDouble(in.fixed64());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean exponential(int tag, PointDraft draft) {
        switch (tag) {
            case (1 << 3) | BYTES -> export.attribute(draft.attributes);
            case (4 << 3) | FIXED64 -> draft.count = in.fixed64();
            case (5 << 3) | FIXED64 -> draft.sum = Double.longBitsToDouble(in.fixed64());
            case (6 << 3) | VARINT -> draft.scale = zigzag(in.varint());
            case (7 << 3) | FIXED64 -> draft.zeros = in.fixed64();
            case (8 << 3) | BYTES -> draft.positive = range();
            case (9 << 3) | BYTES -> draft.negative = range();
            case (10 << 3) | VARINT -> draft.flags = in.varint();
            case (12 << 3) | FIXED64 -> draft.min = Double.longBitsToDouble(in.fixed64());
            case (13 << 3) | FIXED64 -> draft.max = Double.longBitsToDouble(in.fixed64());
            default -> {
                return false;
            }
        }
        return true;
    }

    private RawPoint.Range range() {
        int outer = in.enter();
        int offset = 0;
        PointDraft.Numbers counts = new PointDraft.Numbers();
        while (in.hasMore()) {
            int tag = in.tag();
            switch (tag) {
                case (1 << 3) | VARINT -> offset = zigzag(in.varint());
                case (2 << 3) | BYTES -> packedVarints(counts);
                case (2 << 3) | VARINT -> counts.add(in.varint());
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        return new RawPoint.Range(offset, counts.wholes());
    }

    private void packed(PointDraft.Numbers into) {
        int outer = in.enter();
        while (in.hasMore()) {
            into.add(in.fixed64());
        }
        in.leave(outer);
    }

    private void packedVarints(PointDraft.Numbers into) {
        int outer = in.enter();
        while (in.hasMore()) {
            into.add(in.varint());
        }
        in.leave(outer);
    }

    private static int zigzag(long value) {
        return (int) (value >>> 1 ^ -(value & 1));
    }
}
