package io.pentameter.ingest.failure;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sorts errors into few words.
 *
 * <p>The HTTP status decides where it is known, then the type, then the message: many SDKs put the status only there
 * ("429 Rate limit reached").
 */
final class FailureWords {

    static final String UNKNOWN = "unknown";

    private static final String INVALID_REQUEST = "invalid_request";

    /** A status that stands alone: "429 Rate limit reached", "Error code: 503". */
    private static final Pattern STATUS = Pattern.compile("(?<![\\w.])[45][0-9]{2}(?![\\w.])");

    /** Of a long message only the beginning is searched. */
    private static final int MAX_SEARCHED = 2000;

    private record Sign(String word, List<String> parts) {}

    /** In order: a "connection timeout" is a timeout, an "aborted request" is the client's. */
    private static final List<Sign> SIGNS = List.of(
            new Sign(
                    "rate_limit",
                    List.of(
                            "ratelimit",
                            "rate_limit",
                            "rate limit",
                            "toomanyrequests",
                            "too many requests",
                            "throttl",
                            "quota")),
            new Sign(
                    "content_filter",
                    List.of(
                            "contentfilter",
                            "content_filter",
                            "content_policy",
                            "content filter",
                            "content management policy",
                            "guardrail")),
            new Sign(
                    "context_length",
                    List.of("context_length", "contextlength", "context length", "context window", "maximum context")),
            new Sign("client_abort", List.of("abort", "cancel")),
            new Sign("timeout", List.of("timeout", "timed out", "deadline", "etimedout")),
            new Sign(
                    "auth",
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
            new Sign(
                    "provider_error",
                    List.of(
                            "internalserver",
                            "internal server",
                            "serviceunavailable",
                            "service unavailable",
                            "overloaded",
                            "bad gateway",
                            "badgateway",
                            "server_error")),
            new Sign(
                    INVALID_REQUEST,
                    List.of(
                            "badrequest",
                            "bad request",
                            "invalid_request",
                            "invalidrequest",
                            "invalidargument",
                            "invalid_argument",
                            "notfounderror",
                            "unprocessable",
                            "validationerror")));

    private FailureWords() {}

    static String of(int httpStatus, String type, String message) {
        String word = ofStatus(httpStatus);
        if (!word.equals(UNKNOWN) && !word.equals(INVALID_REQUEST)) {
            return word;
        }
        // providers answer 400 also for filtered content and for too long a context
        String said = ofText(type);
        if (said.equals(UNKNOWN) || said.equals(INVALID_REQUEST)) {
            String spoken = ofText(message);
            said = spoken.equals(UNKNOWN) ? said : spoken;
        }
        return said.equals(UNKNOWN) ? word : said;
    }

    private static String ofStatus(int status) {
        return switch (status) {
            case 429 -> "rate_limit";
            case 408, 504 -> "timeout";
            case 401, 403 -> "auth";
            case 499 -> "client_abort";
            case 413 -> "context_length";
            case 400, 404, 405, 409, 415, 422 -> INVALID_REQUEST;
            default -> status >= 500 ? "provider_error" : UNKNOWN;
        };
    }

    private static String ofText(String text) {
        if (text.isEmpty()) {
            return UNKNOWN;
        }
        String searched =
                text.substring(0, Math.min(text.length(), MAX_SEARCHED)).toLowerCase(Locale.ROOT);
        for (Sign sign : SIGNS) {
            for (String part : sign.parts()) {
                if (searched.contains(part)) {
                    return sign.word();
                }
            }
        }
        Matcher status = STATUS.matcher(searched);
        return status.find() ? ofStatus(Integer.parseInt(status.group())) : UNKNOWN;
    }
}
