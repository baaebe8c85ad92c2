package io.pentameter.gateway.proxy;

import io.pentameter.gateway.error.ErrorBody;
import io.pentameter.gateway.error.GrpcStatus;
import io.pentameter.gateway.error.Refusal;
import io.pentameter.gateway.route.Dialect;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One request of a client and the answer to it, as the door sees them.
 *
 * @param route template of the route for metrics and accounting; a word for what has none
 * @param begunNanos when it began, as a count of nanoseconds from any fixed start
 */
record HttpExchange(RoutingContext context, String requestId, String route, Dialect dialect, long begunNanos) {

    /** How much of a refused body is read on, so that the client reads the answer instead of a reset connection. */
    private static final long LINGER_BYTES = 2 * 1024 * 1024;

    private static final long LINGER_MILLIS = 2_000;

    /** HTTP/2: the answer is complete, the rest of the request is not wanted. */
    private static final long NO_ERROR = 0;

    private static final String CAME_TO = "pentameter.status";

    HttpExchange to(String otherRoute, Dialect otherDialect) {
        return new HttpExchange(context, requestId, otherRoute, otherDialect, begunNanos);
    }

    HttpServerRequest request() {
        return context.request();
    }

    /** Path without query, as sent. */
    String path() {
        String path = request().path();
        return path == null ? "" : path;
    }

    HttpServerResponse response() {
        return context.response();
    }

    /**
     * Goes on, on the request's own thread, when something that never fails is done.
     *
     * <p>At once if it is done already. Otherwise the request is paused, so that no byte of its body is lost or
     * gathered; who goes on resumes it.
     */
    <T> void whenDone(CompletableFuture<T> awaited, Consumer<T> next) {
        if (awaited.isDone()) {
            next.accept(awaited.join());
            return;
        }
        request().pause();
        Context mine = context.vertx().getOrCreateContext();
        var _ = awaited.thenAccept(value -> mine.runOnContext(_ -> {
            if (!response().closed()) {
                next.accept(value);
            }
        }));
    }

    /** Notes what the request came to, where the status line does not say it. */
    void cameTo(int status) {
        context.put(CAME_TO, status);
    }

    /** Status for the metrics: what was noted, otherwise that of the answer. */
    int status() {
        Integer noted = context.get(CAME_TO);
        return noted == null ? response().getStatusCode() : noted;
    }

    /** Answers with the refusal, in the dialect; if an answer has begun already, ends the connection instead. */
    void refuse(Refusal refusal) {
        HttpServerResponse response = response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        if (dialect == Dialect.GRPC) {
            HttpGrpc.end(response, GrpcStatus.of(refusal), requestId);
            drain();
            return;
        }
        ErrorBody body = ErrorBody.of(refusal, dialect, request().getHeader(HttpHeaders.CONTENT_TYPE), requestId);
        response.setStatusCode(refusal.kind().status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, body.contentType());
        response.putHeader(ForwardHeaders.REQUEST_ID, requestId);
        Long retryAfter = refusal.retryAfterSeconds();
        if (retryAfter != null) {
            response.putHeader("Retry-After", retryAfter.toString());
        }
        if (refusal.kind().status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"pentameter\"");
        }
        var _ = response.end(Buffer.buffer(body.bytes()));
        drain();
    }

    /** Reads on for a moment and throws away; a client that does not come to an end is cut off. */
    void drain() {
        HttpServerRequest request = request();
        if (request.isEnded()) {
            return;
        }
        long[] read = {0};
        long timer = context.vertx().setTimer(LINGER_MILLIS, _ -> cutOff());
        request.exceptionHandler(_ -> context.vertx().cancelTimer(timer));
        request.endHandler(_ -> context.vertx().cancelTimer(timer));
        request.handler(chunk -> {
            read[0] += chunk.length();
            if (read[0] > LINGER_BYTES) {
                context.vertx().cancelTimer(timer);
                cutOff();
            }
        });
        request.resume();
    }

    /** On HTTP/2 other requests of the client share the connection: only this one ends. */
    private void cutOff() {
        if (request().version() == HttpVersion.HTTP_2) {
            response().reset(NO_ERROR);
        } else {
            var _ = request().connection().close();
        }
    }
}
