package io.pentameter.gateway.proxy;

import io.pentameter.gateway.chance.Chance;
import io.pentameter.gateway.credential.Authentication;
import io.pentameter.gateway.credential.HttpAuthentication;
import io.pentameter.gateway.error.Refusal;
import io.pentameter.gateway.route.Dialect;
import io.pentameter.gateway.route.PublicPath;
import io.pentameter.gateway.route.Route;
import io.pentameter.gateway.route.RouteMatch;
import io.pentameter.gateway.route.RouteTable;
import io.pentameter.gateway.route.Upstream;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The way of every request to the public port: id, route, caller, scope, limits, audit, and on.
 *
 * <p>It stands before everything else that listens on the port: what it does not know cannot be reached.
 */
@ApplicationScoped
class HttpDoor {

    /** Before every filter of the framework. */
    private static final int FIRST = 10_000;

    private static final String NO_ROUTE = "none";

    private static final Refusal UNKNOWN =
            Refusal.of(ProblemKind.NOT_FOUND, "unknown_route", "there is no such route; GET /api/v1/openapi lists all");
    private static final Refusal NO_TENANT =
            Refusal.of(ProblemKind.FORBIDDEN, "no_tenant", "this route needs a caller that belongs to a tenant");

    private static final Refusal GRPC_ONLY = Refusal.of(
            ProblemKind.UNSUPPORTED_MEDIA_TYPE,
            "not_grpc",
            "here only gRPC is taken: HTTP/2 and the content type application/grpc; OTLP over HTTP goes to /v1/traces,"
                    + " /v1/metrics and /v1/logs of the public port");

    private final RouteTable routes = RouteTable.ofPentameter();
    private final HttpAuthentication authentication;
    private final HttpAdmission admission;
    private final HttpAudit audit;
    private final HttpPassage passage;
    private final HttpMetrics metrics;
    private final Chance chance;

    HttpDoor(
            HttpAuthentication authentication,
            HttpAdmission admission,
            HttpAudit audit,
            HttpPassage passage,
            HttpMetrics metrics,
            Chance chance) {
        this.authentication = authentication;
        this.admission = admission;
        this.audit = audit;
        this.passage = passage;
        this.metrics = metrics;
        this.chance = chance;
    }

    void register(@Observes Filters filters) {
        filters.register(this::enter, FIRST);
    }

    /** Any request to the public port, or one to the port for gRPC. */
    void enter(RoutingContext context) {
        boolean isGrpc = HttpGrpc.isGrpc(context.request());
        HttpExchange exchange = new HttpExchange(
                context,
                chance.uuid().toString(),
                NO_ROUTE,
                isGrpc ? Dialect.GRPC : Dialect.PROBLEM,
                System.nanoTime());
        String path = exchange.path();
        if (!PublicPath.isPlain(path)) {
            metrics.refuse(exchange, UNKNOWN);
            return;
        }
        switch (routes.match(context.request().method().name(), path)) {
            case RouteMatch.Unknown() -> metrics.refuse(exchange, UNKNOWN);
            case RouteMatch.OtherMethods(var allowed, Dialect dialect) -> {
                String methods = allowed.stream().sorted().collect(Collectors.joining(", "));
                context.response().putHeader("Allow", methods);
                metrics.refuse(exchange.to(NO_ROUTE, dialect), otherMethod(methods));
            }
            case RouteMatch.Found(Route route) -> {
                if (isGrpc == (route.dialect() == Dialect.GRPC)) {
                    found(exchange.to(route.template(), route.dialect()), route);
                } else {
                    metrics.refuse(exchange, isGrpc ? UNKNOWN : GRPC_ONLY);
                }
            }
        }
    }

    /** A request to the port for gRPC, which takes nothing else. */
    void enterGrpc(RoutingContext context) {
        if (HttpGrpc.isGrpc(context.request())) {
            enter(context);
            return;
        }
        HttpExchange exchange =
                new HttpExchange(context, chance.uuid().toString(), NO_ROUTE, Dialect.PROBLEM, System.nanoTime());
        metrics.refuse(exchange, GRPC_ONLY);
    }

    private void found(HttpExchange exchange, Route route) {
        if (route.isOpen()) {
            passage.passOpen(exchange);
            return;
        }
        exchange.whenDone(authentication.of(exchange.context(), route.dialect() == Dialect.DATADOG), outcome -> {
            switch (outcome) {
                case Authentication.Refused(Refusal refusal) -> metrics.refuse(exchange, refusal);
                case Authentication.Known known -> known(exchange, route, known);
            }
        });
    }

    private void known(HttpExchange exchange, Route route, Authentication.Known known) {
        Caller caller = known.caller();
        if (!route.allows(caller.scopes())) {
            if (route.isAdministrative()) {
                audit.denied(exchange, caller);
            }
            metrics.refuse(exchange, missingScope(route));
            return;
        }
        if (route.upstream() != Upstream.GATEWAY && caller.tenant() == null) {
            metrics.refuse(exchange, NO_TENANT);
            return;
        }
        Optional<HttpAdmission.Admitted> admitted = admission.admit(exchange, route, known);
        if (admitted.isPresent()) {
            audit.before(exchange, route, caller, () -> passage.pass(exchange, route, admitted.get()));
        }
    }

    private static Refusal otherMethod(String allowed) {
        return Refusal.of(
                ProblemKind.METHOD_NOT_ALLOWED, "unknown_method", "the route takes these methods: " + allowed);
    }

    private static Refusal missingScope(Route route) {
        String scopes = route.anyOf().stream().map(Scope::word).sorted().collect(Collectors.joining(" or "));
        return Refusal.of(ProblemKind.FORBIDDEN, "missing_scope", "this route needs the scope " + scopes);
    }
}
