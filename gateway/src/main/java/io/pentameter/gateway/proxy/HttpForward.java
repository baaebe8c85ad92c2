package io.pentameter.gateway.proxy;

import io.pentameter.gateway.error.Refusal;
import io.pentameter.kit.problem.ProblemKind;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a service and the answer on its way back, chunk by chunk.
 *
 * <p>Nothing is gathered: when the service reads slowly the client is read slowly, and the other way round. A client that
 * goes away takes its request to the service with it. Runs on one event loop from first to last, so it needs no lock.
 */
final class HttpForward {

    private static final Logger LOG = Logger.getLogger(HttpForward.class);

    private static final int UNAUTHORIZED = 401;

    /** HTTP/2's CANCEL; on HTTP/1.1 any reset closes the connection. */
    private static final long CANCEL = 8;

    static final Refusal AWAY =
            Refusal.unavailable("upstream_away", "the service cannot be reached at the moment; send the request again");
    static final Refusal NO_ANSWER = new Refusal(
            ProblemKind.TIMEOUT,
            "the service did not answer in time; send the request again",
            "upstream_timeout",
            Duration.ofSeconds(2));
    static final Refusal BODY_TOO_SLOW = Refusal.of(
            ProblemKind.REQUEST_TIMEOUT, "body_too_slow", "the body did not arrive in time; nothing of it was stored");

    private final HttpExchange exchange;
    private final HttpServerRequest in;
    private final HttpServerResponse out;
    private final Vertx vertx;
    private final Settings settings;
    private final Events events;
    private final BodyClock clock;

    private @Nullable HttpClientRequest up;
    private long bodyBytes;
    private boolean bodyDone;
    private boolean answered;
    private boolean over;
    private long timer = -1;

    /**
     * @param maxBody           in bytes
     * @param maxAnswerMillis   wait for the answer's head after the body
     * @param times             for the body
     */
    record Settings(long maxBody, long maxAnswerMillis, BodyClock.Limits times) {}

    /** What the door wants to know. */
    interface Events {

        /** The service answered; called once at most, before the answer goes on. */
        void answered(HttpClientResponse answer, HttpServerResponse out);

        /** All is over. With a {@code refusal} the listener has to answer; without there was one, or the client left. */
        void over(long bodyBytes, @Nullable Refusal refusal);
    }

    HttpForward(HttpExchange exchange, Settings settings, Events events) {
        this.exchange = exchange;
        this.in = exchange.request();
        this.out = exchange.response();
        this.vertx = exchange.context().vertx();
        this.settings = settings;
        this.events = events;
        this.clock = new BodyClock(settings.times(), System.nanoTime());
    }

    /** Begins; the request must not have been read from. */
    void start(HttpUpstreams upstreams, RequestOptions options, String authorization) {
        String declared = in.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (declared != null && parse(declared) > settings.maxBody()) {
            refuse(tooLarge());
            return;
        }
        in.pause();
        in.exceptionHandler(_ -> clientLeft());
        exchange.context().addEndHandler(ended -> {
            if (ended.failed()) {
                clientLeft();
            }
        });
        timer = vertx.setTimer(settings.times().checkMillis(), _ -> check());
        upstreams.open(options).onComplete(opened -> {
            if (opened.failed()) {
                refuse(AWAY);
            } else if (over) {
                opened.result().reset(CANCEL);
            } else {
                send(opened.result(), authorization);
            }
        });
    }

    private void send(HttpClientRequest request, String authorization) {
        up = request;
        copyRequestHeaders(request, authorization);
        request.exceptionHandler(_ -> {
            if (!answered) {
                refuse(AWAY);
            }
        });
        request.response().onComplete(answer -> {
            if (answer.failed()) {
                refuse(AWAY);
            } else {
                pass(answer.result());
            }
        });
        in.handler(chunk -> bodyChunk(request, chunk));
        in.endHandler(_ -> bodyEnd(request));
        if (in.isEnded()) {
            bodyEnd(request);
        } else {
            clock.restart(System.nanoTime());
            in.resume();
        }
    }

    private void bodyChunk(HttpClientRequest request, Buffer chunk) {
        if (over) {
            return;
        }
        bodyBytes += chunk.length();
        clock.read(System.nanoTime());
        if (bodyBytes > settings.maxBody()) {
            refuse(tooLarge());
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

    private void bodyEnd(HttpClientRequest request) {
        if (!over && !bodyDone) {
            bodyDone = true;
            clock.restart(System.nanoTime());
            var _ = request.end();
        }
    }

    private void pass(HttpClientResponse answer) {
        if (over || out.ended() || out.closed()) {
            return;
        }
        if (answer.statusCode() == UNAUTHORIZED) { // our token, not the client's credential: our fault
            LOG.errorf("a service refuses the gateway's token: uri=%s", exchange.route());
            refuse(AWAY);
            return;
        }
        answered = true;
        vertx.cancelTimer(timer);
        answer.pause();
        out.setStatusCode(answer.statusCode());
        for (Map.Entry<String, String> header : answer.headers()) {
            if (ForwardHeaders.goesToClient(header.getKey().toLowerCase(Locale.ROOT))) {
                out.headers().add(header.getKey(), header.getValue());
            }
        }
        out.putHeader(ForwardHeaders.REQUEST_ID, exchange.requestId());
        events.answered(answer, out);
        if (!out.headers().contains(HttpHeaders.CONTENT_LENGTH) && hasBody(answer)) {
            out.setChunked(true);
        }
        answer.handler(chunk -> answerChunk(answer, chunk));
        answer.exceptionHandler(_ -> answerBroken());
        answer.endHandler(_ -> answerEnd());
        answer.resume();
    }

    private void answerChunk(HttpClientResponse answer, Buffer chunk) {
        if (over || out.closed()) {
            clientLeft();
            return;
        }
        var _ = out.write(chunk);
        if (out.writeQueueFull()) {
            answer.pause();
            out.drainHandler(_ -> answer.resume());
        }
    }

    /** The head is out already: only a broken connection tells the client that the rest is missing. */
    private void answerBroken() {
        if (!over) {
            finish(null);
            out.reset(CANCEL);
        }
    }

    private void answerEnd() {
        if (!over) {
            var _ = out.end();
            finish(null);
            if (!bodyDone) {
                exchange.drain();
            }
        }
    }

    private static boolean hasBody(HttpClientResponse answer) {
        int status = answer.statusCode();
        return status >= 200 && status != 204 && status != 304;
    }

    private void check() {
        if (over) {
            return;
        }
        Refusal late = late(System.nanoTime());
        if (late == null) {
            timer = vertx.setTimer(settings.times().checkMillis(), _ -> check());
        } else {
            refuse(late);
        }
    }

    /** While there is no connection yet, its own timeout rules. */
    private @Nullable Refusal late(long now) {
        if (bodyDone) {
            return clock.silentMillis(now) > settings.maxAnswerMillis() ? NO_ANSWER : null;
        }
        return up != null && clock.isLate(now) ? BODY_TOO_SLOW : null;
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

    private void copyRequestHeaders(HttpClientRequest request, String authorization) {
        Set<String> named = ForwardHeaders.named(in.headers().getAll(HttpHeaders.CONNECTION));
        boolean hasLength = false;
        for (Map.Entry<String, String> header : in.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (ForwardHeaders.goesToService(name, named)) {
                hasLength |= name.equals("content-length");
                request.headers().add(header.getKey(), header.getValue());
            }
        }
        if (!hasLength && hasBodyOfUnknownLength()) {
            request.setChunked(true);
        }
        request.putHeader(HttpHeaders.AUTHORIZATION, authorization);
        request.putHeader(ForwardHeaders.REQUEST_ID, exchange.requestId());
    }

    private boolean hasBodyOfUnknownLength() {
        return in.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || (in.version() == HttpVersion.HTTP_2
                        && !in.method().equals(HttpMethod.GET)
                        && !in.method().equals(HttpMethod.DELETE));
    }

    static long parse(String contentLength) {
        try {
            return Long.parseLong(contentLength.strip());
        } catch (NumberFormatException _) {
            return Long.MAX_VALUE; // the server has refused it before; if not, nothing of it is read
        }
    }

    private Refusal tooLarge() {
        return Refusal.of(
                ProblemKind.TOO_LARGE,
                "body_too_large",
                "the body has more than the %d bytes that are taken".formatted(settings.maxBody()));
    }
}
