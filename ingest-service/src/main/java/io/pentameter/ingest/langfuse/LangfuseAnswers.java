package io.pentameter.ingest.langfuse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorReply;

/**
 * Errors in Langfuse's shape. Always JSON: its SDKs drop a batch whose answer they cannot parse.
 */
final class LangfuseAnswers {

    private LangfuseAnswers() {}

    static VendorReply refused(int status, String message) {
        return VendorReply.of(status, error(message, word(status)));
    }

    static ObjectNode error(String message, String error) {
        return VendorJson.object().put("message", message).put("error", error);
    }

    private static String word(int status) {
        return switch (status) {
            case 401 -> "UnauthorizedError";
            case 403 -> "ForbiddenError";
            case 404 -> "LangfuseNotFoundError";
            case 405 -> "MethodNotAllowedError";
            case 408 -> "RequestTimeoutError";
            case 413 -> "PayloadTooLargeError";
            case 415 -> "UnsupportedMediaTypeError";
            case 503 -> "ServiceUnavailableError";
            default -> "InvalidRequestError";
        };
    }
}
