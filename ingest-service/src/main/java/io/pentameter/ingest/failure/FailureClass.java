package io.pentameter.ingest.failure;

import java.util.Locale;

/** The sixteen ways in which a step fails or disappoints. {@link FailureRules} says when. */
public enum FailureClass {
    PROVIDER_ERROR(
            Severity.HIGH,
            "The provider, or the way to it, did not do what was asked: 5xx, network, authentication, invalid request, "
                    + "too long a context. The detail says which."),
    RATE_LIMIT(Severity.MEDIUM, "The provider had no quota left for the request."),
    TIMEOUT(Severity.HIGH, "The answer did not come in time."),
    CONTENT_FILTER(Severity.MEDIUM, "The provider's filter stopped the question or the answer."),
    REFUSAL(Severity.LOW, "The model answered that it does not answer."),
    SCHEMA_VIOLATION(Severity.HIGH, "The answer does not have the structure that was asked for."),
    EMPTY_ANSWER(Severity.HIGH, "The model stopped by itself and said nothing."),
    TRUNCATION(Severity.MEDIUM, "The answer was cut off at the limit of tokens."),
    TOOL_ERROR(Severity.MEDIUM, "A tool failed. The detail says how, where that is known."),
    GUARDRAIL_DENIAL(Severity.LOW, "A guardrail stopped the question or the answer, as it is meant to."),
    RETRIEVAL_MISS(Severity.MEDIUM, "A retrieval found nothing."),
    MALFORMED_CITATION(Severity.MEDIUM, "The answer cites a place that does not exist."),
    RETRY_STORM(Severity.HIGH, "The same request was tried again and again."),
    FALLBACK_LOOP(Severity.HIGH, "Fallbacks came back to a model that had failed already."),
    CLIENT_ABORT(Severity.LOW, "The caller did not wait for the answer."),
    UNKNOWN(Severity.MEDIUM, "The client says that the step failed, and nothing of what it says tells why.");

    private final Severity severity;
    private final String meaning;

    FailureClass(Severity severity, String meaning) {
        this.severity = severity;
        this.meaning = meaning;
    }

    /** The word in records: {@code rate_limit}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How much it hurts if nothing hid it. */
    Severity severity() {
        return severity;
    }

    /** What it is, for readers. */
    String meaning() {
        return meaning;
    }
}
