package io.pentameter.gateway.proxy;

import io.pentameter.gateway.error.GrpcStatus;
import io.pentameter.gateway.error.Refusal;
import io.pentameter.kit.problem.ProblemKind;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One unary call of gRPC on its way to a service that takes the same message over HTTP, and the answer on its way back.
 *
 * <p>The message is not gathered: its five bytes of prefix become headers of HTTP (length, coding), the rest goes on as it
 * comes, so a call costs no memory whatever its size, and the service alone decompresses, within its limits. The answer is
 * small and is gathered. Runs on one event loop from first to last, so it needs no lock.
 */
final class HttpGrpcForward {

    private static final long CANCEL = 8;

    private static final int UNAUTHORIZED = 401;

    private static final int OK = 200;

    /** Largest answer of a service; OTLP bounds it. */
    private static final int MAX_ANSWER_BYTES = 4 * 1024 * 1024;

    private final HttpExchange exchange;
    private final HttpServerRequest in;
    private final Vertx vertx;
    private final HttpForward.Settings settings;
    private final HttpForward.Events events;
    private final BodyClock clock;

    private Buffer prefix = Buffer.buffer();
    private @Nullable HttpClientRequest up;
    private boolean opened;
    private long expected;
    private long bodyBytes;
    private boolean bodyDone;
    private boolean over;
    private long timer = -1;

    HttpGrpcForward(HttpExchange exchange, HttpForward.Settings settings, HttpForward.Events events) {
        this.exchange = exchange;
        this.in = exchange.request();
        this.vertx = exchange.context().vertx();
        this.settings = settings;
        this.events = events;
        this.clock = new BodyClock(settings.times(), System.nanoTime());
    }

    /** Begins; the request must not have been read from. */
    void start(HttpUpstreams upstreams, RequestOptions options, String authorization) {
        in.exceptionHandler(_ -> clientLeft());
        exchange.context().addEndHandler(ended -> {
            if (ended.failed()) {
                clientLeft();
            }
        });
        timer = vertx.setTimer(settings.times().checkMillis(), _ -> check());
        in.handler(chunk -> chunk(chunk, upstreams, options, authorization));
        in.endHandler(_ -> bodyEnd());
        if (in.isEnded()) {
            bodyEnd();
        } else {
            in.resume();
        }
    }

    private void chunk(Buffer chunk, HttpUpstreams upstreams, RequestOptions options, String authorization) {
        if (over) {
            return;
        }
        clock.read(System.nanoTime());
        if (up != null) {
            message(up, chunk);
            return;
        }
        prefix.appendBuffer(chunk);
        if (prefix.length() < HttpGrpc.PREFIX_BYTES || opened) {
            return;
        }
        expected = prefix.getUnsignedInt(1);
        if (expected > settings.maxBody()) {
            refuse(Refusal.of(
                    ProblemKind.TOO_LARGE,
                    "body_too_large",
                    "the message has %d bytes, more than the %d that are taken"
                            .formatted(expected, settings.maxBody())));
            return;
        }
        String coding = coding();
        if (coding == null) {
            return;
        }
        opened = true;
        in.pause();
        clock.blocked();
        upstreams.open(options).onComplete(request -> {
            if (request.failed()) {
                refuse(HttpForward.AWAY);
            } else if (over) {
                request.result().reset(CANCEL);
            } else {
                send(request.result(), coding, authorization);
            }
        });
    }

    /** Content-Encoding of the message, empty for none; absent if the call was refused. */
    private @Nullable String coding() {
        byte flag = prefix.getByte(0);
        if (flag == 0) {
            return "";
        }
        String named = in.getHeader("grpc-encoding");
        if (flag == 1 && ("gzip".equals(named) || "deflate".equals(named))) {
            return named;
        }
        refuse(Refusal.of(
                ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                "unsupported_coding",
                "the message is compressed with %s; taken are gzip, deflate and none"
                        .formatted(named == null ? "no named coding" : "'" + named + "'")));
        return null;
    }

    private void send(HttpClientRequest request, String coding, String authorization) {
        up = request;
        headers(request, coding, authorization);
        request.exceptionHandler(_ -> refuse(HttpForward.AWAY));
        request.response().onComplete(answer -> {
            if (answer.failed()) {
                refuse(HttpForward.AWAY);
            } else {
                answered(answer.result());
            }
        });
        clock.unblocked(System.nanoTime());
        Buffer rest = prefix.slice(HttpGrpc.PREFIX_BYTES, prefix.length());
        prefix = Buffer.buffer();
        message(request, rest);
        if (!over && in.isEnded()) {
            bodyEnd();
        } else if (!over && !request.writeQueueFull()) {
            in.resume();
        }
    }

    private void headers(HttpClientRequest request, String coding, String authorization) {
        Set<String> named = Set.of("content-type", "content-length", "content-encoding", "accept-encoding");
        for (Map.Entry<String, String> header : in.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (ForwardHeaders.goesToService(name, named) && !name.startsWith("grpc-") && !name.startsWith(":")) {
                request.headers().add(header.getKey(), header.getValue());
            }
        }
        request.putHeader(HttpHeaders.CONTENT_TYPE, "application/x-protobuf");
        request.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(expected));
        if (!coding.isEmpty()) {
            request.putHeader(HttpHeaders.CONTENT_ENCODING, coding);
        }
        request.putHeader(HttpHeaders.AUTHORIZATION, authorization);
        request.putHeader(ForwardHeaders.REQUEST_ID, exchange.requestId());
    }

    private void message(HttpClientRequest request, Buffer chunk) {
        bodyBytes += chunk.length();
        if (bodyBytes > expected) {
            refuse(bad("the call has more than one message, or one longer than its prefix says"));
            return;
        }
        var _ = request.write(chunk);
        if (request.writeQueueFull()) {
            in.pause();
            clock.blocked();
            request.drainHandler(_ -> {
                clock.unblocked(System.nanoTime());
                in.resume();
            });
        }
    }

    private void bodyEnd() {
        if (over || bodyDone) {
            return;
        }
        if (up == null) {
            if (!opened) {
                refuse(bad("the call has no whole message"));
            }
            return; // the rest lies in the prefix; send() comes back here
        }
        if (bodyBytes < expected) {
            refuse(bad(
                    "the message ends after %d of the %d bytes that its prefix says".formatted(bodyBytes, expected)));
            return;
        }
        bodyDone = true;
        clock.restart(System.nanoTime());
        var _ = up.end();
    }

    private void answered(HttpClientResponse answer) {
        if (over) {
            return;
        }
        if (answer.statusCode() == UNAUTHORIZED) { // our token, not the client's credential: our fault
            refuse(HttpForward.AWAY);
            return;
        }
        events.answered(answer, exchange.response());
        Buffer body = Buffer.buffer();
        answer.exceptionHandler(_ -> refuse(HttpForward.AWAY));
        answer.handler(chunk -> {
            if (body.length() + chunk.length() > MAX_ANSWER_BYTES) {
                refuse(HttpForward.AWAY);
            } else {
                body.appendBuffer(chunk);
            }
        });
        answer.endHandler(_ -> answer(answer, body));
    }

    private void answer(HttpClientResponse answer, Buffer body) {
        if (over) {
            return;
        }
        int status = answer.statusCode();
        exchange.cameTo(status);
        HttpServerResponse out = exchange.response();
        if (status == OK) {
            HttpGrpc.end(out, body, exchange.requestId());
        } else {
            Long retryAfter = retryAfter(answer.getHeader(HttpHeaders.RETRY_AFTER));
            HttpGrpc.end(out, GrpcStatus.ofHttp(status, body.getBytes(), retryAfter), exchange.requestId());
        }
        finish(null);
        if (!bodyDone) {
            resetUpstream();
            exchange.drain();
        }
    }

    private static @Nullable Long retryAfter(@Nullable String header) {
        try {
            return header == null ? null : Math.max(1, Long.parseLong(header.strip()));
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private void check() {
        if (over) {
            return;
        }
        long now = System.nanoTime();
        if (bodyDone && clock.silentMillis(now) > settings.maxAnswerMillis()) {
            refuse(HttpForward.NO_ANSWER);
        } else if (!bodyDone && clock.isLate(now)) {
            refuse(HttpForward.BODY_TOO_SLOW);
        } else {
            timer = vertx.setTimer(settings.times().checkMillis(), _ -> check());
        }
    }

    private static Refusal bad(String sentence) {
        return Refusal.of(ProblemKind.INVALID_INPUT, "bad_grpc_message", sentence);
    }

    private void clientLeft() {
        if (!over) {
            finish(null);
            resetUpstream();
        }
    }

    private void refuse(Refusal refusal) {
        if (!over) {
            finish(refusal); // the listener answers
            resetUpstream();
        }
    }

    private void resetUpstream() {
        if (up != null) {
            up.reset(CANCEL);
        }
    }

    /** Comes first: what is reset afterwards complains, and must find that all is over. */
    private void finish(@Nullable Refusal refusal) {
        over = true;
        vertx.cancelTimer(timer);
        events.over(bodyBytes, refusal);
    }
}
