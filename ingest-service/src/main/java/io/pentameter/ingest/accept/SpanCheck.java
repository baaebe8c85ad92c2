package io.pentameter.ingest.accept;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.RawSpan;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The rules that a span must keep to be stored: it has an identity and plausible times. */
public final class SpanCheck {

    private static final int TRACE_ID = 16;
    private static final int SPAN_ID = 8;
    private static final int MAX_SHOWN = 24;

    private SpanCheck() {}

    /** Why the span is refused; absent if it is taken in. */
    public static @Nullable Refused check(RawSpan span, TimeWindow window) {
        if (span.unreadable() != null) {
            return new Refused(RefusalReason.UNDECODABLE_SPAN, "span " + hex(span.spanId()) + ": " + span.unreadable());
        }
        if (!isId(span.traceId(), TRACE_ID)) {
            return new Refused(RefusalReason.INVALID_TRACE_ID, idSentence(span, "traceId", span.traceId(), TRACE_ID));
        }
        if (!isId(span.spanId(), SPAN_ID)) {
            return new Refused(RefusalReason.INVALID_SPAN_ID, idSentence(span, "spanId", span.spanId(), SPAN_ID));
        }
        if (!span.parentId().isEmpty() && span.parentId().size() != SPAN_ID) {
            return new Refused(
                    RefusalReason.INVALID_PARENT_ID,
                    "span " + hex(span.spanId()) + ": parentSpanId must be 8 bytes or empty, but has "
                            + span.parentId().size() + ": " + hex(span.parentId()));
        }
        return time(span, window);
    }

    private static @Nullable Refused time(RawSpan span, TimeWindow window) {
        if (!window.contains(span.startNs())) {
            return outside(span, "startTimeUnixNano", span.startNs(), window);
        }
        if (span.endNs() >= 0 && span.endNs() < span.startNs()) {
            return new Refused(
                    RefusalReason.NEGATIVE_DURATION,
                    "span " + hex(span.spanId()) + ": endTimeUnixNano " + TimeWindow.shown(span.endNs())
                            + " is before the start " + TimeWindow.shown(span.startNs()));
        }
        return window.contains(span.endNs()) ? null : outside(span, "endTimeUnixNano", span.endNs(), window);
    }

    private static Refused outside(RawSpan span, String field, long ns, TimeWindow window) {
        return new Refused(
                RefusalReason.TIME_OUT_OF_RANGE,
                "span " + hex(span.spanId()) + ": " + field + " " + TimeWindow.shown(ns) + " must be between "
                        + TimeWindow.shown(window.earliestNs()) + " and " + TimeWindow.shown(window.latestNs()));
    }

    private static String idSentence(RawSpan span, String field, ByteString id, int length) {
        String is = id.size() == length ? "is all zero" : "has " + id.size() + ": " + hex(id);
        return "span " + hex(span.spanId()) + ": " + field + " must be " + length + " bytes and not all zero, but "
                + is;
    }

    private static boolean isId(ByteString id, int length) {
        return id.size() == length && !isZero(id);
    }

    /** Whether all bytes are 0; so is an empty id. */
    public static boolean isZero(ByteString id) {
        for (int i = 0; i < id.size(); i++) {
            if (id.byteAt(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static String hex(ByteString id) {
        int shown = Math.min(id.size(), MAX_SHOWN);
        String hex = HexFormat.of().formatHex(id.substring(0, shown).toByteArray());
        return hex.isEmpty() ? "(no id)" : hex + (shown < id.size() ? "…" : "");
    }
}
