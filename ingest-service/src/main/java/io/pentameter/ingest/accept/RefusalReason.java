package io.pentameter.ingest.accept;

import java.util.Locale;

/** Why a span or a request was refused. The words are part of the accounting and of metrics. */
public enum RefusalReason {
    INVALID_TRACE_ID,
    INVALID_SPAN_ID,
    INVALID_PARENT_ID,
    TIME_OUT_OF_RANGE,
    NEGATIVE_DURATION,
    UNDECODABLE_SPAN,
    TOO_MANY_SPANS,
    SPAN_TOO_LARGE,
    INTERNAL_ERROR,
    /** A log record that is no event we take in. */
    EVENT_NOT_TAKEN,
    /** An evaluation that says too little to be a score. */
    INVALID_EVALUATION,
    /** A metric of a kind that is not taken in. */
    METRIC_NOT_TAKEN,
    /** A point of a metric that contradicts itself. */
    INVALID_POINT,
    TOO_MANY_POINTS,
    TOO_MANY_SERIES,
    TOO_MANY_ATTRIBUTES,
    /** The body cannot be read; a request, not a span. */
    UNDECODABLE,
    BODY_TOO_LARGE,
    UNSUPPORTED_CONTENT,
    BODY_CUT_OFF,
    OVERLOADED,
    UNAVAILABLE;

    /** The word in the accounting, for example {@code invalid_trace_id}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
