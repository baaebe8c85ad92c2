package io.pentameter.gateway.credential;

import io.pentameter.gateway.error.Refusal;
import io.pentameter.kit.problem.ProblemKind;

/** What became of an API key that was presented. */
enum KeyVerdict {
    VALID(ProblemKind.UNAUTHENTICATED, ""),
    UNKNOWN(ProblemKind.UNAUTHENTICATED, "the API key is not known"),
    REVOKED(ProblemKind.UNAUTHENTICATED, "the API key has been revoked"),
    ROTATED_AWAY(
            ProblemKind.UNAUTHENTICATED,
            "the API key has been rotated and the overlap is over: use the secret that the rotation gave"),
    EXPIRED(ProblemKind.UNAUTHENTICATED, "the API key has expired"),
    TENANT_SUSPENDED(ProblemKind.FORBIDDEN, "the tenant is suspended; ask the operator of the platform");

    private final ProblemKind kind;
    private final String sentence;

    KeyVerdict(ProblemKind kind, String sentence) {
        this.kind = kind;
        this.sentence = sentence;
    }

    Refusal refusal() {
        return Refusal.of(
                kind,
                this == TENANT_SUSPENDED ? "tenant_suspended" : "key_" + name().toLowerCase(java.util.Locale.ROOT),
                sentence);
    }
}
