package io.pentameter.gateway.proxy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pentameter.gateway.error.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts requests by route and status. Labels are bounded: routes come from the table, reasons from the code.
 *
 * <p>Every request ends in {@code requests} exactly once; every one that the gateway answers itself with an error also
 * in {@code refused}.
 */
@ApplicationScoped
class HttpMetrics {

    private final MeterRegistry registry;
    private final Map<Outcome, Timer> requests = new ConcurrentHashMap<>();
    private final Map<Refused, Counter> refused = new ConcurrentHashMap<>();
    private final Map<String, Counter> bytes = new ConcurrentHashMap<>();

    private record Outcome(String route, int status) {}

    private record Refused(String route, String reason) {}

    HttpMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param status 499 if the client left before there was one */
    void request(String route, int status, long nanos) {
        requests.computeIfAbsent(
                        new Outcome(route, status),
                        outcome -> Timer.builder("pentameter.gateway.requests")
                                .description("requests, from the head of the request to the end of the answer")
                                .tag("route", outcome.route())
                                .tag("status", Integer.toString(outcome.status()))
                                .serviceLevelObjectives(
                                        Duration.ofMillis(5),
                                        Duration.ofMillis(20),
                                        Duration.ofMillis(50),
                                        Duration.ofMillis(100),
                                        Duration.ofMillis(250),
                                        Duration.ofSeconds(1),
                                        Duration.ofSeconds(5))
                                .register(registry))
                .record(Duration.ofNanos(nanos));
    }

    /** Answers with the refusal and counts it; the one way in which the gateway refuses. */
    void refuse(HttpExchange exchange, Refusal refusal) {
        refused(exchange.route(), refusal.reason());
        request(exchange.route(), refusal.kind().status(), System.nanoTime() - exchange.begunNanos());
        exchange.refuse(refusal);
    }

    private void refused(String route, String reason) {
        refused.computeIfAbsent(
                        new Refused(route, reason),
                        key -> Counter.builder("pentameter.gateway.refused")
                                .description("requests that the gateway answered with an error itself")
                                .tag("route", key.route())
                                .tag("reason", key.reason())
                                .register(registry))
                .increment();
    }

    void body(String route, long size) {
        bytes.computeIfAbsent(
                        route,
                        key -> Counter.builder("pentameter.gateway.request.bytes")
                                .description("bytes of bodies as sent, of requests that were passed on")
                                .tag("route", key)
                                .register(registry))
                .increment((double) size);
    }
}
