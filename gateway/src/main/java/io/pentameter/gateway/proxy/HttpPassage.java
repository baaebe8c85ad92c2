package io.pentameter.gateway.proxy;

import io.pentameter.gateway.credential.InternalTokens;
import io.pentameter.gateway.credential.PresentedCredential;
import io.pentameter.gateway.error.Refusal;
import io.pentameter.gateway.limit.Measure;
import io.pentameter.gateway.route.Dialect;
import io.pentameter.gateway.route.GrpcRoutes;
import io.pentameter.gateway.route.Route;
import io.pentameter.gateway.route.Upstream;
import io.pentameter.kit.problem.ProblemKind;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Sends an admitted request on: to a service, or to the gateway's own resources. */
@ApplicationScoped
class HttpPassage {

    /** What nginx calls it too: the client left before there was an answer. */
    private static final int CLIENT_LEFT = 499;

    /** A resource reads its body whole, so the size must be known before. */
    private static final Refusal NO_LENGTH = Refusal.of(
            ProblemKind.INVALID_INPUT, "body_without_length", "this route takes a body only with a Content-Length");

    private final HttpUpstreams upstreams;
    private final InternalTokens tokens;
    private final HttpAdmission admission;
    private final HttpMetrics metrics;
    private final HttpForward.Settings settings;
    private final long maxOwnBody;

    HttpPassage(
            HttpUpstreams upstreams,
            InternalTokens tokens,
            HttpAdmission admission,
            HttpMetrics metrics,
            ProxyConfig config) {
        this.upstreams = upstreams;
        this.tokens = tokens;
        this.admission = admission;
        this.metrics = metrics;
        this.settings = new HttpForward.Settings(
                config.maxBody().asLongValue(),
                config.maxAnswerTime().toMillis(),
                new BodyClock.Limits(
                        config.maxBodySilence().toMillis(), config.maxBodyTime().toMillis()));
        this.maxOwnBody = config.maxOwnBody().asLongValue();
    }

    /** To a resource that takes everybody. */
    void passOpen(HttpExchange exchange) {
        for (String header : PresentedCredential.HEADERS) {
            exchange.request().headers().remove(header);
        }
        toOwnResource(exchange);
    }

    void pass(HttpExchange exchange, Route route, HttpAdmission.Admitted admitted) {
        String authorization = tokens.authorization(admitted.caller());
        if (route.upstream() == Upstream.GATEWAY) {
            exchange.request().headers().set(HttpHeaders.AUTHORIZATION, authorization);
            toOwnResource(exchange);
        } else {
            toService(exchange, route, admitted, authorization);
        }
    }

    private void toOwnResource(HttpExchange exchange) {
        HttpServerRequest request = exchange.request();
        request.headers().set(ForwardHeaders.REQUEST_ID, exchange.requestId());
        exchange.response().putHeader(ForwardHeaders.REQUEST_ID, exchange.requestId());
        if (hasNoLength(request)) {
            metrics.refuse(exchange, NO_LENGTH);
            return;
        }
        if (isLonger(request.getHeader(HttpHeaders.CONTENT_LENGTH), maxOwnBody)) {
            metrics.refuse(
                    exchange,
                    Refusal.of(
                            ProblemKind.TOO_LARGE,
                            "body_too_large",
                            "the body has more than the %d bytes that are taken".formatted(maxOwnBody)));
            return;
        }
        exchange.context().addEndHandler(_ -> end(exchange));
        // whoever reads the body sets its handlers before the next event
        request.resume();
        exchange.context().next();
    }

    private static boolean hasNoLength(HttpServerRequest request) {
        boolean mayHaveBody = request.version() == HttpVersion.HTTP_2
                && !request.isEnded()
                && !request.method().equals(HttpMethod.GET)
                && !request.method().equals(HttpMethod.DELETE);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || (mayHaveBody && !request.headers().contains(HttpHeaders.CONTENT_LENGTH));
    }

    private static boolean isLonger(@Nullable String contentLength, long most) {
        return contentLength != null && HttpForward.parse(contentLength) > most;
    }

    private void toService(HttpExchange exchange, Route route, HttpAdmission.Admitted admitted, String authorization) {
        HttpServerRequest request = exchange.request();
        HttpForward.Events events = new HttpForward.Events() {
            @Override
            public void answered(HttpClientResponse answer, HttpServerResponse out) {
                long spans =
                        number(answer, ForwardHeaders.SPANS_ACCEPTED) + number(answer, ForwardHeaders.SPANS_REFUSED);
                admitted.account().charge(Measure.SPANS, spans);
            }

            @Override
            public void over(long bodyBytes, @Nullable Refusal refusal) {
                admitted.account().charge(Measure.BYTES, bodyBytes);
                metrics.body(exchange.route(), bodyBytes);
                if (refusal == null) {
                    end(exchange);
                } else {
                    admission.report(exchange, route, admitted.caller(), refusal.reason());
                    metrics.refuse(exchange, refusal);
                }
            }
        };
        if (route.dialect() == Dialect.GRPC) {
            String path = GrpcRoutes.httpPath(route.template());
            new HttpGrpcForward(exchange, settings, events)
                    .start(upstreams, upstreams.request(route.upstream(), HttpMethod.POST, path), authorization);
            return;
        }
        new HttpForward(exchange, settings, events)
                .start(upstreams, upstreams.request(route.upstream(), request.method(), request.uri()), authorization);
    }

    private void end(HttpExchange exchange) {
        HttpServerResponse response = exchange.response();
        int status = response.headWritten() ? exchange.status() : CLIENT_LEFT;
        metrics.request(exchange.route(), status, System.nanoTime() - exchange.begunNanos());
    }

    /** Zero if the service does not say. */
    private static long number(HttpClientResponse answer, String header) {
        String value = answer.getHeader(header);
        try {
            return value == null ? 0 : Math.max(0, Long.parseLong(value));
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
