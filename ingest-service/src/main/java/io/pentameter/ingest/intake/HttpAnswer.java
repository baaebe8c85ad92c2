package io.pentameter.ingest.intake;

import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.otlp.OtlpResponse;
import io.pentameter.ingest.otlp.OtlpSignal;
import io.pentameter.ingest.otlp.RpcCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes answers in the dialect of OTLP: the encoding of the request, {@code google.rpc.Status} for errors. */
final class HttpAnswer {

    private static final int OK = 200;

    private final Duration retryAfter;

    HttpAnswer(Duration retryAfter) {
        this.retryAfter = retryAfter;
    }

    void write(HttpServerRequest request, OtlpSignal signal, OtlpEncoding encoding, Answer answer) {
        switch (answer) {
            case Answer.Received received -> received(request, signal, encoding, received);
            case Answer.Refused refused ->
                error(
                        request,
                        encoding,
                        refused.status(),
                        OtlpResponse.status(encoding, refused.code(), refused.message()),
                        refused.mayTryAgain());
        }
    }

    /** An error that was found before there was a delivery. */
    void write(HttpServerRequest request, OtlpEncoding encoding, RpcCode code, String message) {
        error(request, encoding, code.httpStatus(), OtlpResponse.status(encoding, code, message), false);
    }

    private static void received(
            HttpServerRequest request, OtlpSignal signal, OtlpEncoding encoding, Answer.Received received) {
        byte[] body = received.message().isEmpty()
                ? OtlpResponse.success(encoding)
                : OtlpResponse.partialSuccess(encoding, signal, received.refused(), received.message());
        HttpServerResponse response = started(request, encoding, OK);
        if (response != null) {
            String what = switch (signal) {
                case TRACES -> "Spans";
                case LOGS -> "Logs";
                case METRICS -> "Points";
            };
            response.putHeader("Pentameter-" + what + "-Accepted", Long.toString(received.accepted()))
                    .putHeader("Pentameter-" + what + "-Refused", Long.toString(received.refused()))
                    .end(Buffer.buffer(body));
        }
    }

    private void error(HttpServerRequest request, OtlpEncoding encoding, int status, byte[] body, boolean mayTryAgain) {
        HttpServerResponse response = started(request, encoding, status);
        if (response == null) {
            return;
        }
        if (mayTryAgain) {
            response.putHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        response.end(Buffer.buffer(body));
    }

    /** The response with its head, or null if the client has gone or has been answered. */
    private static @Nullable HttpServerResponse started(HttpServerRequest request, OtlpEncoding encoding, int status) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return null;
        }
        response.setStatusCode(status).putHeader("Content-Type", encoding.contentType());
        String requestId = request.getHeader("Pentameter-Request-Id");
        if (requestId != null) {
            response.putHeader("Pentameter-Request-Id", requestId);
        }
        return response;
    }
}
