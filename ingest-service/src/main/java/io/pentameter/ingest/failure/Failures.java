package io.pentameter.ingest.failure;

import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.Utf8;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds failures.
 *
 * <p>A step failed (a hard failure) if its status is error, or it has an exception event (LangSmith sends status ok with
 * one), an {@code error.type}, the level ERROR (Langfuse leaves the status unset), or, for a model call, an HTTP status of
 * 400 or more. A step that did not fail can still disappoint (a soft failure): then there is a failure word without an
 * error. {@code docs/reference/failures.md} is made from {@link FailureClass}, {@link FailureRules} and {@link
 * FailureWords}.
 */
public final class Failures {

    /** Longest message in a record, in characters. */
    static final int MAX_MESSAGE = 1000;

    static final String STORM_RULE = "attempts.storm";
    static final String LOOP_RULE = "attempts.loop";

    private static final String ATTEMPTS = "attempts.";

    private Failures() {}

    /** Whether the client said, anywhere, that the step failed. */
    public static boolean isError(RawSpan span, Reading reading) {
        return Evidence.isError(span, reading);
    }

    /** The failure of a step; absent if there is none. */
    public static @Nullable Finding find(Evidence evidence) {
        Finding own = evidence.isError() ? hard(evidence) : soft(evidence);
        Finding pattern = pattern(evidence, own);
        return pattern == null ? own : pattern;
    }

    /**
     * The outcome, its message not yet redacted.
     *
     * @param isHidden whether a later attempt of the same request succeeded
     */
    public static Outcome outcome(Evidence evidence, @Nullable Finding finding, boolean isHidden) {
        int httpStatus = evidence.httpStatus();
        if (finding == null) {
            return httpStatus == 0
                    ? Outcome.getDefaultInstance()
                    : Outcome.newBuilder().setHttpStatus(httpStatus).build();
        }
        Severity severity = isHidden ? Severity.LOW : finding.failure().severity();
        Outcome.Builder outcome = Outcome.newBuilder()
                .setError(finding.isHard())
                .setFailure(finding.failure().word())
                .setDetail(finding.detail())
                .setSeverity(severity.word())
                .setRule(finding.rule())
                .setHidden(isHidden)
                .setHttpStatus(httpStatus);
        if (finding.isHard()) {
            outcome.setErrorType(shortened(evidence.errorType(), 200))
                    .setMessage(shortened(evidence.message(), MAX_MESSAGE));
        }
        return outcome.build();
    }

    /** The ids of all rules for soft failures that apply; for a part of a step that came without the rest. */
    public static Set<String> softRules(Evidence evidence) {
        Set<String> ids = new TreeSet<>();
        for (FailureRules rule : SOFT) {
            if (rule.applies(evidence)) {
                ids.add(rule.id());
            }
        }
        return ids;
    }

    /**
     * The outcome of a step of which more is known than when it was judged: the first of the rules that apply counts, as if
     * all had been known at once. What the client calls a failure, and what attempts below did, stays.
     *
     * @param rules ids of {@link #softRules} that apply now
     */
    public static Outcome withSoft(Outcome known, Set<String> rules) {
        if (known.getError() || known.getRule().startsWith(ATTEMPTS)) {
            return known;
        }
        for (FailureRules rule : SOFT) {
            if (rule.id().equals(known.getRule())) {
                return known;
            }
            if (rules.contains(rule.id())) {
                return known.toBuilder()
                        .setFailure(rule.failure().word())
                        .clearDetail()
                        .setSeverity(rule.failure().severity().word())
                        .setRule(rule.id())
                        .build();
            }
        }
        return known;
    }

    private static Finding hard(Evidence evidence) {
        FailureWords.Word word = FailureWords.of(evidence.httpStatus(), evidence.errorType(), evidence.message());
        String rule = "error." + word.sign().word() + "." + word.by();
        FailureClass failure = word.sign().failure();
        if (evidence.kind() == SpanKind.SPAN_KIND_TOOL && failure != FailureClass.CLIENT_ABORT) {
            String detail = failure == FailureClass.UNKNOWN ? "" : word.sign().word();
            return new Finding(FailureClass.TOOL_ERROR, detail, rule, true);
        }
        String detail =
                word.sign().word().equals(failure.word()) ? "" : word.sign().word();
        return new Finding(failure, detail, rule, true);
    }

    private static final FailureRules[] SOFT = FailureRules.values();

    private static @Nullable Finding soft(Evidence evidence) {
        for (FailureRules rule : SOFT) {
            if (rule.applies(evidence)) {
                return new Finding(rule.failure(), "", rule.id(), false);
            }
        }
        return null;
    }

    /** What the attempts below did goes before the step's own failure only where that is but the echo of theirs. */
    private static @Nullable Finding pattern(Evidence evidence, @Nullable Finding own) {
        AttemptPattern attempts = evidence.attempts();
        boolean isStorm = attempts.failed() >= AttemptPattern.STORM;
        if (!isStorm && !attempts.isLoop()) {
            return null;
        }
        boolean isEcho = own == null
                || own.failure() == FailureClass.UNKNOWN
                || wordOf(own).equals(attempts.lastDetail());
        if (!isEcho) {
            return null;
        }
        return new Finding(
                isStorm ? FailureClass.RETRY_STORM : FailureClass.FALLBACK_LOOP,
                attempts.lastDetail(),
                isStorm ? STORM_RULE : LOOP_RULE,
                own != null && own.isHard());
    }

    /** The finest word of a finding. */
    public static String wordOf(Finding finding) {
        return finding.detail().isEmpty() ? finding.failure().word() : finding.detail();
    }

    private static String shortened(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars;
        return Utf8.sound(text.substring(0, end));
    }
}
