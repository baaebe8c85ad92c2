package io.pentameter.gateway.error;

import io.pentameter.kit.problem.ProblemKind;

/** The codes of google.rpc.Code that stand for our kinds of refusal. */
final class RpcCode {

    private RpcCode() {}

    static int of(ProblemKind kind) {
        return switch (kind) {
            case INVALID_INPUT, UNPROCESSABLE, NOT_ACCEPTABLE, UNSUPPORTED_MEDIA_TYPE -> 3;
            case TIMEOUT, REQUEST_TIMEOUT -> 4;
            case NOT_FOUND -> 5;
            case FORBIDDEN -> 7;
            case TOO_LARGE, LIMIT_EXCEEDED -> 8;
            case CONFLICT -> 10;
            case METHOD_NOT_ALLOWED -> 12;
            case INTERNAL -> 13;
            case BAD_GATEWAY, UNAVAILABLE -> 14;
            case UNAUTHENTICATED -> 16;
        };
    }
}
