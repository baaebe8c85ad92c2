package io.pentameter.ingest.otlp;

/** What an export request carries. */
public enum OtlpSignal {
    TRACES("rejectedSpans"),
    LOGS("rejectedLogRecords");

    private final String rejectedField;

    OtlpSignal(String rejectedField) {
        this.rejectedField = rejectedField;
    }

    /** How the JSON of a partial success names the count of what was refused. */
    String rejectedField() {
        return rejectedField;
    }
}
