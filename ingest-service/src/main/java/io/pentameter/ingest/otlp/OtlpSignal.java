package io.pentameter.ingest.otlp;

/** What an export request carries. */
public enum OtlpSignal {
    TRACES("rejectedSpans", "traces"),
    LOGS("rejectedLogRecords", "logs"),
    METRICS("rejectedDataPoints", "metrics");

    private final String rejectedField;
    private final String word;

    OtlpSignal(String rejectedField, String word) {
        this.rejectedField = rejectedField;
        this.word = word;
    }

    /** The last segment of its paths, for example {@code logs}. */
    public String word() {
        return word;
    }

    /** How the JSON of a partial success names the count of what was refused. */
    String rejectedField() {
        return rejectedField;
    }
}
