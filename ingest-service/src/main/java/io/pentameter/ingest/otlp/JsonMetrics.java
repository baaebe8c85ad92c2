package io.pentameter.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.SpanSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decodes {@code ExportMetricsServiceRequest} from JSON. A field that cannot be read marks its point and nothing else. */
final class JsonMetrics {

    private static final JsonExport.Fields FIELDS = new JsonExport.Fields("resourceMetrics", "scopeMetrics", "metrics");
    private static final Map<String, RawMetric.Type> TYPES = Map.of(
            "gauge", RawMetric.Type.GAUGE,
            "sum", RawMetric.Type.SUM,
            "histogram", RawMetric.Type.HISTOGRAM,
            "exponentialHistogram", RawMetric.Type.EXPONENTIAL_HISTOGRAM,
            "summary", RawMetric.Type.SUMMARY);

    private final JsonParser in;
    private final JsonValues values;
    private final JsonScalars scalars;
    private final DecodeLimits limits;
    private int points;
    private long beyondLimit;

    private JsonMetrics(JsonParser in, JsonValues values, DecodeLimits limits) {
        this.in = in;
        this.values = values;
        this.scalars = new JsonScalars(in, values);
        this.limits = limits;
    }

    /** @throws UndecodableException if the body is no such message */
    static MetricDelivery decode(byte[] body, NameTable names, DecodeLimits limits) {
        List<RawMetric> metrics = new ArrayList<>();
        JsonMetrics[] readers = new JsonMetrics[1];
        int beyond = JsonExport.read(body, names, limits, FIELDS, (in, values) -> {
            JsonMetrics reader = new JsonMetrics(in, values, limits);
            readers[0] = reader;
            return source -> metrics.add(reader.metric(source));
        });
        return new MetricDelivery(metrics, beyond + readers[0].beyondLimit);
    }

    private RawMetric metric(SpanSource source) throws IOException {
        String name = "";
        String unit = "";
        RawMetric data = new RawMetric(source, "", "", RawMetric.Type.UNKNOWN, 0, false, List.of());
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            JsonToken token = in.nextToken();
            RawMetric.Type type = TYPES.get(field);
            if (field.equals("name")) {
                name = values.text();
            } else if (field.equals("unit")) {
                unit = values.text();
            } else if (type != null && token == JsonToken.START_OBJECT) {
                data = data(source, type);
            } else {
                in.skipChildren();
            }
        }
        return new RawMetric(source, name, unit, data.type(), data.temporality(), data.isMonotonic(), data.points());
    }

    private RawMetric data(SpanSource source, RawMetric.Type type) throws IOException {
        List<RawPoint> read = new ArrayList<>();
        int temporality = 0;
        boolean isMonotonic = false;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            JsonToken token = in.nextToken();
            if (field.equals("dataPoints") && token == JsonToken.START_ARRAY) {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    point(type, read);
                }
            } else if (field.equals("aggregationTemporality")) {
                scalars.reset();
                temporality = (int) scalars.whole(field);
            } else if (field.equals("isMonotonic")) {
                isMonotonic = token == JsonToken.VALUE_TRUE;
                in.skipChildren();
            } else {
                in.skipChildren();
            }
        }
        return new RawMetric(source, "", "", type, temporality, isMonotonic, read);
    }

    private void point(RawMetric.Type type, List<RawPoint> into) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            return;
        }
        if (points >= limits.maxSpans()) {
            beyondLimit++;
            in.skipChildren();
            return;
        }
        points++;
        scalars.reset();
        PointDraft draft = new PointDraft(limits.maxAttributes());
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            read(field, draft);
        }
        draft.unreadable = draft.unreadable == null ? scalars.fault() : draft.unreadable;
        into.add(draft.point(type));
    }

    private void read(String field, PointDraft draft) throws IOException {
        switch (field) {
            case "attributes" -> values.attributes(draft.attributes);
            case "startTimeUnixNano" -> draft.startNs = scalars.whole(field);
            case "timeUnixNano" -> draft.timeNs = scalars.whole(field);
            case "flags" -> draft.flags = scalars.whole(field);
            case "asDouble" -> draft.single(scalars.fraction(field));
            case "asInt" -> draft.single((double) scalars.signed(field));
            case "count" -> draft.count = scalars.whole(field);
            case "sum" -> draft.sum = scalars.fraction(field);
            case "min" -> draft.min = scalars.fraction(field);
            case "max" -> draft.max = scalars.fraction(field);
            case "scale" -> draft.scale = (int) scalars.signed(field);
            case "zeroCount" -> draft.zeros = scalars.whole(field);
            case "bucketCounts" -> list(field, draft, draft.counts, false);
            case "explicitBounds" -> list(field, draft, draft.bounds, true);
            case "positive" -> draft.positive = range(draft);
            case "negative" -> draft.negative = range(draft);
            default -> in.skipChildren();
        }
    }

    private RawPoint.Range range(PointDraft draft) throws IOException {
        int offset = 0;
        PointDraft.Numbers counts = new PointDraft.Numbers();
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            return RawPoint.Range.NONE;
        }
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "offset" -> offset = (int) scalars.signed(field);
                case "bucketCounts" -> list(field, draft, counts, false);
                default -> in.skipChildren();
            }
        }
        return new RawPoint.Range(offset, counts.wholes());
    }

    private void list(String field, PointDraft draft, PointDraft.Numbers into, boolean isFraction) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            in.skipChildren();
            return;
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            double fraction = isFraction ? scalars.fraction(field) : 0;
            long whole = isFraction ? 0 : scalars.whole(field);
            if (draft.unreadable != null) {
                continue;
            }
            try {
                if (isFraction) {
                    into.add(fraction);
                } else {
                    into.add(whole);
                }
            } catch (UndecodableException e) {
                draft.unreadable = e.getMessage();
            }
        }
    }
}
