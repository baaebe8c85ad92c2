package io.pentameter.ingest.failure;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sorts what clients call a failure into few words, each of one class.
 *
 * <p>The HTTP status decides where it is known, then the type, then the message: many SDKs put the status only there
 * ("429 Rate limit reached").
 */
final class FailureWords {

    /** A status that stands alone: "429 Rate limit reached", "Error code: 503". */
    private static final Pattern STATUS = Pattern.compile("(?<![\\w.])[45][0-9]{2}(?![\\w.])");

    /** Of a long message only the beginning is searched. */
    private static final int MAX_SEARCHED = 2000;

    /**
     * What an error says of itself.
     *
     * @param statuses HTTP statuses that show it
     * @param parts    parts of the error's type or message, in lower case, that show it
     */
    record Sign(String word, FailureClass failure, List<Integer> statuses, List<String> parts) {}

    /**
     * A sign that was found.
     *
     * @param by {@code http_status}, {@code type}, {@code message}, or {@code nothing} for an unknown error
     */
    record Word(Sign sign, String by) {}

    private static final Sign UNKNOWN = new Sign("unknown", FailureClass.UNKNOWN, List.of(), List.of());

    private static final Sign INVALID_REQUEST = new Sign(
            "invalid_request",
            FailureClass.PROVIDER_ERROR,
            List.of(400, 404, 405, 409, 415, 422),
            List.of(
                    "badrequest",
                    "bad request",
                    "invalid_request",
                    "invalidrequest",
                    "invalidargument",
                    "invalid_argument",
                    "notfounderror",
                    "unprocessable",
                    "validationerror"));

    private static final Sign PROVIDER = new Sign(
            "provider_error",
            FailureClass.PROVIDER_ERROR,
            List.of(500, 501, 502, 503, 505, 520, 522, 529),
            List.of(
                    "internalserver",
                    "internal server",
                    "serviceunavailable",
                    "service unavailable",
                    "overloaded",
                    "bad gateway",
                    "badgateway",
                    "server_error"));

    /** In order: a "connection timeout" is a timeout, an "aborted request" is the client's. */
    private static final List<Sign> SIGNS = List.of(
            new Sign(
                    "rate_limit",
                    FailureClass.RATE_LIMIT,
                    List.of(429),
                    List.of(
                            "ratelimit",
                            "rate_limit",
                            "rate limit",
                            "toomanyrequests",
                            "too many requests",
                            "throttl",
                            "quota")),
            new Sign("guardrail_denial", FailureClass.GUARDRAIL_DENIAL, List.of(), List.of("guardrail", "tripwire")),
            new Sign(
                    "content_filter",
                    FailureClass.CONTENT_FILTER,
                    List.of(),
                    List.of(
                            "contentfilter",
                            "content_filter",
                            "content_policy",
                            "content filter",
                            "content management policy")),
            new Sign(
                    "context_length",
                    FailureClass.PROVIDER_ERROR,
                    List.of(413),
                    List.of(
                            "context_length",
                            "contextlength",
                            "context length",
                            "context window",
                            "maximum context",
                            "prompt is too long")),
            new Sign(
                    "truncation",
                    FailureClass.TRUNCATION,
                    List.of(),
                    List.of("lengthfinishreason", "incompleteoutput", "max_tokens was reached")),
            new Sign(
                    "schema_violation",
                    FailureClass.SCHEMA_VIOLATION,
                    List.of(),
                    List.of(
                            "outputparser",
                            "output_parsing",
                            "jsondecodeerror",
                            "json_validate_failed",
                            "jsonparseerror",
                            "noobjectgenerated",
                            "typevalidationerror",
                            "invalidresponsedata",
                            "schema validation",
                            "schemavalidation",
                            "pydantic_core",
                            "unexpectedmodelbehavior")),
            new Sign("client_abort", FailureClass.CLIENT_ABORT, List.of(499), List.of("abort", "cancel")),
            new Sign(
                    "timeout",
                    FailureClass.TIMEOUT,
                    List.of(408, 504, 524),
                    List.of("timeout", "timed out", "deadline", "etimedout")),
            new Sign(
                    "auth",
                    FailureClass.PROVIDER_ERROR,
                    List.of(401, 403),
                    List.of(
                            "authentication",
                            "unauthorized",
                            "permissiondenied",
                            "permission_denied",
                            "forbidden",
                            "invalid_api_key",
                            "invalid api key")),
            new Sign(
                    "network",
                    FailureClass.PROVIDER_ERROR,
                    List.of(),
                    List.of(
                            "econnrefused",
                            "econnreset",
                            "connectionerror",
                            "connection error",
                            "connectexception",
                            "unknownhost",
                            "enotfound",
                            "connection refused",
                            "connection reset",
                            "sslerror",
                            "fetch failed")),
            PROVIDER,
            INVALID_REQUEST);

    private FailureWords() {}

    /** All signs, in the order in which they are looked for. */
    static List<Sign> signs() {
        return SIGNS;
    }

    static Word of(int httpStatus, String type, String message) {
        Sign sign = ofStatus(httpStatus);
        if (!sign.equals(UNKNOWN) && !sign.equals(INVALID_REQUEST)) {
            return new Word(sign, "http_status");
        }
        // providers answer 400 also for filtered content and for too long a context
        Sign said = ofText(type);
        if (!said.equals(UNKNOWN) && !said.equals(INVALID_REQUEST)) {
            return new Word(said, "type");
        }
        Sign spoken = ofText(message);
        if (!spoken.equals(UNKNOWN) && (!spoken.equals(INVALID_REQUEST) || said.equals(UNKNOWN))) {
            return new Word(spoken, "message");
        }
        if (!said.equals(UNKNOWN)) {
            return new Word(said, "type");
        }
        return sign.equals(UNKNOWN) ? new Word(UNKNOWN, "nothing") : new Word(sign, "http_status");
    }

    private static Sign ofStatus(int status) {
        for (Sign sign : SIGNS) {
            if (sign.statuses().contains(status)) {
                return sign;
            }
        }
        return status >= 500 ? PROVIDER : UNKNOWN;
    }

    private static Sign ofText(String text) {
        if (text.isEmpty()) {
            return UNKNOWN;
        }
        String searched =
                text.substring(0, Math.min(text.length(), MAX_SEARCHED)).toLowerCase(Locale.ROOT);
        for (Sign sign : SIGNS) {
            for (String part : sign.parts()) {
                if (searched.contains(part)) {
                    return sign;
                }
            }
        }
        Matcher status = STATUS.matcher(searched);
        return status.find() ? ofStatus(Integer.parseInt(status.group())) : UNKNOWN;
    }
}
