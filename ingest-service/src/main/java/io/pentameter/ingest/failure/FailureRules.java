package io.pentameter.ingest.failure;

import static io.pentameter.ingest.failure.FailureClass.CONTENT_FILTER;
import static io.pentameter.ingest.failure.FailureClass.EMPTY_ANSWER;
import static io.pentameter.ingest.failure.FailureClass.GUARDRAIL_DENIAL;
import static io.pentameter.ingest.failure.FailureClass.MALFORMED_CITATION;
import static io.pentameter.ingest.failure.FailureClass.REFUSAL;
import static io.pentameter.ingest.failure.FailureClass.RETRIEVAL_MISS;
import static io.pentameter.ingest.failure.FailureClass.RETRY_STORM;
import static io.pentameter.ingest.failure.FailureClass.SCHEMA_VIOLATION;
import static io.pentameter.ingest.failure.FailureClass.TOOL_ERROR;
import static io.pentameter.ingest.failure.FailureClass.TRUNCATION;

import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.JsonMembers;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The rules for steps of which the client does not say that they failed, in the order in which they are asked; the first
 * that applies counts. What the client calls a failure is sorted by {@link FailureWords}.
 */
enum FailureRules {
    FINISH_REFUSAL(
            "finish_reason.refusal",
            REFUSAL,
            "a call's finish reason is `refusal`",
            e -> e.isModel() && e.finish().equals("refusal")),
    FINISH_GUARDRAIL(
            "finish_reason.guardrail",
            GUARDRAIL_DENIAL,
            "a call's finish reason is `guardrail_intervened`",
            e -> e.isModel() && e.finish().equals("guardrail_intervened")),
    FINISH_FILTER(
            "finish_reason.content_filter",
            CONTENT_FILTER,
            "a call's finish reason is `content_filter`, `content-filter`, `safety`, `blocklist`, `prohibited_content`, "
                    + "`recitation` or `spii`",
            e -> e.isModel() && Words.FILTERED.contains(e.finish())),
    FINISH_LENGTH(
            "finish_reason.length",
            TRUNCATION,
            "a call's finish reason is `length`, `max_tokens`, `max_output_tokens` or `model_length`",
            e -> e.isModel() && Words.CUT_OFF.contains(e.finish())),
    OUTPUT_REFUSAL(
            "output.refusal",
            REFUSAL,
            "the answer of a model has a text in `refusal`, or a part of the type `refusal`",
            e -> isAnswer(e)
                    && e.texts().output().contains("refusal")
                    && AnswerShape.of(e.texts().output()).hasRefusal()),
    NO_TOKENS(
            "output.no_tokens",
            EMPTY_ANSWER,
            "a model stopped (`stop`, `end_turn`) with 0 output tokens",
            e -> isAnswer(e) && hasStopped(e) && e.outputTokens() == 0),
    NO_CONTENT(
            "output.no_content",
            EMPTY_ANSWER,
            "a model stopped, and the messages that it answered have neither text nor call of a tool nor medium",
            e -> isAnswer(e)
                    && hasStopped(e)
                    && AnswerShape.of(e.texts().output()).isEmpty()),
    NOT_JSON(
            "output.not_json",
            SCHEMA_VIOLATION,
            "the output type asked for is `json`, `json_object` or `json_schema`, the model stopped by itself, and the one "
                    + "text of its answer is no JSON",
            FailureRules::isBrokenJson),
    BAD_CITATION(
            "output.malformed_citation",
            MALFORMED_CITATION,
            "a citation or annotation of the answer begins after it ends, ends behind the text, or has an address that is "
                    + "none",
            e -> isAnswer(e)
                    && AnswerShape.mayCite(e.texts().output())
                    && AnswerShape.of(e.texts().output()).hasMalformedCitation()),
    TOOL_SAYS_ERROR(
            "tool.is_error",
            TOOL_ERROR,
            "the result of a tool has `isError` or `is_error` true (Model Context Protocol, Anthropic)",
            e -> e.kind() == SpanKind.SPAN_KIND_TOOL && saysError(e.texts().output())),
    GUARDRAIL_SAYS_NO(
            "guardrail.verdict",
            GUARDRAIL_DENIAL,
            "a guardrail's verdict or output is `blocked`, `deny`, `denied`, `fail`, `failed`, `reject`, `rejected`, "
                    + "`intervened` or the like, or its output has `blocked`, `denied`, `flagged` or `tripwire_triggered` "
                    + "true, or `passed`, `allowed` or `safe` false",
            e -> e.kind() == SpanKind.SPAN_KIND_GUARDRAIL && isDenial(e)),
    NOTHING_RETRIEVED(
            "retrieval.empty",
            RETRIEVAL_MISS,
            "the output of a retrieval is an empty list, or an object whose `documents`, `results`, `matches`, `hits`, "
                    + "`nodes` or `chunks` are; or 0 rows came back. An output that is not known is no miss",
            FailureRules::isMiss),
    RESENT(
            "http.resend_count",
            RETRY_STORM,
            "`http.request.resend_count` of a call is " + AttemptPattern.STORM + " or more",
            e -> e.isModel() && e.reading().count(Field.RESEND_COUNT) >= AttemptPattern.STORM);

    /** Words that rules look for; a class of its own, because an enum's constants are made before its other fields. */
    private static final class Words {

        private static final Set<String> FILTERED = Set.of(
                "content_filter", "content-filter", "safety", "blocklist", "prohibited_content", "recitation", "spii");

        private static final Set<String> CUT_OFF = Set.of("length", "max_tokens", "max_output_tokens", "model_length");

        private static final Set<String> DENIALS = Set.of(
                "blocked",
                "block",
                "deny",
                "denied",
                "fail",
                "failed",
                "reject",
                "rejected",
                "intervened",
                "guardrail_intervened",
                "unsafe",
                "yes");
    }

    private static final Pattern EMPTY_LIST =
            Pattern.compile("\"(?:documents|results|matches|hits|nodes|chunks)\"\\s*:\\s*\\[\\s*\\]");

    private static final int MAX_SEARCHED = 10_000;

    private final String id;
    private final FailureClass failure;
    private final String when;

    @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
    private final Predicate<Evidence> predicate;

    FailureRules(String id, FailureClass failure, String when, Predicate<Evidence> predicate) {
        this.id = id;
        this.failure = failure;
        this.when = when;
        this.predicate = predicate;
    }

    String id() {
        return id;
    }

    FailureClass failure() {
        return failure;
    }

    /** When it applies, for readers. */
    String when() {
        return when;
    }

    boolean applies(Evidence evidence) {
        return predicate.test(evidence);
    }

    private static boolean isAnswer(Evidence e) {
        return e.kind() == SpanKind.SPAN_KIND_MODEL_CALL;
    }

    private static boolean hasStopped(Evidence e) {
        return e.finish().equals("stop") || e.finish().equals("end_turn");
    }

    private static boolean isBrokenJson(Evidence e) {
        String type = e.reading().textOrEmpty(Field.OUTPUT_TYPE);
        boolean isJsonWanted = type.equals("json") || type.contains("json_object") || type.contains("json_schema");
        if (!isAnswer(e)
                || !isJsonWanted
                || !hasStopped(e)
                || e.texts().output().length() > AnswerShape.MAX_TEXT) {
            return false;
        }
        String text = AnswerShape.of(e.texts().output()).onlyText();
        return text != null && !JsonCheck.isJson(text);
    }

    private static boolean saysError(String output) {
        boolean[] says = new boolean[1];
        JsonMembers.read(
                output,
                (path, value) ->
                        says[0] |= (path.equals("isError") || path.equals("is_error")) && value.equals("true"));
        return says[0];
    }

    private static boolean isDenial(Evidence e) {
        String verdict = e.reading().textOrEmpty(Field.GUARDRAIL_VERDICT).toLowerCase(Locale.ROOT);
        String output = e.texts().output().strip();
        if (Words.DENIALS.contains(verdict) || Words.DENIALS.contains(output.toLowerCase(Locale.ROOT))) {
            return true;
        }
        boolean[] denies = new boolean[1];
        JsonMembers.read(output, (path, value) -> denies[0] |= isDenial(path, value.toString()));
        return denies[0];
    }

    private static boolean isDenial(String member, String value) {
        return switch (member) {
            case "blocked", "denied", "flagged", "tripwire_triggered", "tripwireTriggered" -> value.equals("true");
            case "passed", "allowed", "safe" -> value.equals("false");
            case "action", "verdict", "decision", "result", "status" ->
                Words.DENIALS.contains(value.toLowerCase(Locale.ROOT));
            default -> false;
        };
    }

    private static boolean isMiss(Evidence e) {
        if (e.kind() != SpanKind.SPAN_KIND_RETRIEVAL) {
            return false;
        }
        if (e.reading().has(Field.RETURNED_ROWS)) {
            return e.reading().count(Field.RETURNED_ROWS) == 0;
        }
        String output = e.texts().output().strip();
        boolean isEmpty = output.equals("[]")
                || output.equals("{}")
                || (output.startsWith("{")
                        && output.length() < MAX_SEARCHED
                        && EMPTY_LIST.matcher(output).find());
        return isEmpty && !hasDocuments(e.reading().attributes());
    }

    private static boolean hasDocuments(Attributes attributes) {
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.name(i).text().startsWith("retrieval.documents.")) {
                return true;
            }
        }
        return false;
    }
}
