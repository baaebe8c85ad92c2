package io.pentameter.gateway.route;

import static io.pentameter.gateway.route.Upstream.AGGREGATION;
import static io.pentameter.gateway.route.Upstream.ALERT;
import static io.pentameter.gateway.route.Upstream.GATEWAY;
import static io.pentameter.gateway.route.Upstream.INGEST;
import static io.pentameter.gateway.route.Upstream.QUALITY;
import static io.pentameter.kit.token.Scope.ADMIN;
import static io.pentameter.kit.token.Scope.COMPLIANCE;
import static io.pentameter.kit.token.Scope.OPERATOR;
import static io.pentameter.kit.token.Scope.READ;

import io.pentameter.kit.token.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The public routes. What is not listed here cannot be reached from outside, whatever a service serves.
 *
 * <p>The services check the scope again; the table saves them the request and gives the refusal its dialect.
 */
public final class RouteTable {

    /** The paths below which clients of various vendors expect OTLP. */
    private static final List<String> OTLP_MOUNTS =
            List.of("", "/api/public/otel", "/otel", "/langsmith/otel", "/agents/otel", "/traces/otel");

    private static final List<Route> ALL = allRoutes();

    private static final List<Route> WITH_GRPC =
            Stream.concat(ALL.stream(), GrpcRoutes.all().stream()).toList();

    private final Map<String, List<Route>> literal = new HashMap<>();
    private final List<Route> templates = new ArrayList<>();

    public RouteTable(List<Route> routes) {
        for (Route route : routes) {
            if (route.isLiteral()) {
                literal.computeIfAbsent(route.template(), _ -> new ArrayList<>())
                        .add(route);
            } else {
                templates.add(route);
            }
        }
    }

    /** The routes of Pentameter. */
    public static RouteTable ofPentameter() {
        return new RouteTable(WITH_GRPC);
    }

    /** Every route of Pentameter that is HTTP, in no meaningful order; those of {@link GrpcRoutes} are not among them. */
    public static List<Route> all() {
        return ALL;
    }

    /**
     * Finds the route of a request.
     *
     * @param path without query, as sent; must have passed {@link PublicPath#isPlain}
     */
    public RouteMatch match(String method, String path) {
        List<Route> candidates = literal.getOrDefault(path, List.of());
        if (candidates.isEmpty()) {
            List<String> segments = Route.segments(path);
            candidates =
                    templates.stream().filter(route -> route.matches(segments)).toList();
        }
        if (candidates.isEmpty()) {
            return new RouteMatch.Unknown();
        }
        Set<String> allowed = new TreeSet<>();
        for (Route route : candidates) {
            if (route.methods().contains(method)) {
                return new RouteMatch.Found(route);
            }
            allowed.addAll(route.methods());
        }
        return new RouteMatch.OtherMethods(allowed, candidates.getFirst().dialect());
    }

    private static List<Route> allRoutes() {
        List<Route> routes = new ArrayList<>();
        for (String mount : OTLP_MOUNTS) {
            for (String signal : List.of("traces", "metrics", "logs")) {
                routes.add(Route.of("POST", mount + "/v1/" + signal, INGEST, Scope.INGEST)
                        .withDialect(Dialect.OTLP));
            }
        }
        routes.add(Route.of("POST", "/api/v1/feedback", INGEST, Scope.INGEST));
        routes.add(Route.of("POST", "/api/v1/imports/bedrock", INGEST, Scope.INGEST));
        routes.add(Route.of("POST", "/api/v1/outcomes", INGEST, Scope.INGEST));
        routes.add(Route.of("DELETE", "/api/v1/outcomes/{id}", INGEST, Scope.INGEST));
        routes.add(Route.of("POST", "/api/v1/changes", INGEST, Scope.INGEST));
        // the service writes the audit log itself: it knows what was resolved
        routes.add(Route.of("POST", "/api/v1/pseudonyms/resolve", INGEST, COMPLIANCE));
        routes.add(Route.of("GET", "/api/v1/classifiers/intent", INGEST, READ));
        routes.add(Route.of("PUT", "/api/v1/classifiers/intent", INGEST, ADMIN));
        routes.add(Route.of("POST", "/api/v1/classifiers/intent/examples", INGEST, ADMIN));
        routes.add(Route.of("DELETE", "/api/v1/classifiers/intent/examples/{label}", INGEST, ADMIN));
        routes.add(Route.of("POST", "/api/v1/classifiers/intent/train", INGEST, ADMIN));
        routes.addAll(VendorRoutes.all());
        routes.add(Route.of("GET", "/api/v1/prices", INGEST, READ));
        routes.add(Route.of("GET", "/api/v1/prices/versions", INGEST, READ, OPERATOR));
        routes.add(Route.of("POST", "/api/v1/prices/versions", INGEST, OPERATOR));
        routes.add(Route.of("POST", "/api/v1/prices/import", INGEST, OPERATOR));
        routes.add(Route.of("GET PUT", "/api/v1/prices/overrides", INGEST, ADMIN));

        routes.add(Route.of("POST", "/api/v1/metrics/query", AGGREGATION, READ));
        routes.add(Route.of("GET", "/api/v1/client-metrics", AGGREGATION, READ));
        routes.add(Route.of("POST", "/api/v1/client-metrics/query", AGGREGATION, READ));
        routes.add(Route.of("GET", "/api/v1/outcomes", AGGREGATION, READ));
        routes.add(Route.of("GET", "/api/v1/changes", AGGREGATION, READ));
        routes.add(Route.of("GET", "/api/v1/traces/running", AGGREGATION, READ));
        for (String question : List.of("query", "explain", "economics", "what-if")) {
            routes.add(Route.of("POST", "/api/v1/costs/" + question, AGGREGATION, READ));
        }
        routes.add(Route.of("GET", "/api/v1/costs/export", AGGREGATION, READ));
        routes.add(Route.of("GET", "/api/v1/costs/statement", AGGREGATION, READ));
        routes.add(Route.of("GET", "/api/v1/traces", AGGREGATION, READ));
        routes.add(Route.of("POST", "/api/v1/traces/search", AGGREGATION, READ));
        routes.add(
                Route.of("GET", "/api/v1/traces/{traceId}", AGGREGATION, READ).withAudit(Audited.PAYLOAD_READ));
        routes.add(Route.of("GET", "/api/v1/accounting", AGGREGATION, READ));
        routes.add(Route.of("GET", "/api/v1/accounting/dead-letters", AGGREGATION, READ));
        routes.add(Route.of("GET", "/api/v1/scores", AGGREGATION, READ));
        routes.add(
                Route.of("GET", "/api/v1/audit", AGGREGATION, COMPLIANCE, ADMIN).withAudit(Audited.AUDIT_READ));

        readByAllChangedByAdmins(routes, AGGREGATION, "/api/v1/costs/dimensions", "PUT");
        readByAllChangedByAdmins(routes, AGGREGATION, "/api/v1/costs/repricings", "POST");
        routes.add(Route.of("GET", "/api/v1/costs/repricings/{id}", AGGREGATION, READ));
        routes.add(Route.of("POST", "/api/v1/costs/repricings/{id}/apply", AGGREGATION, ADMIN));
        routes.add(Route.of("POST", "/api/v1/costs/repricings/{id}/revert", AGGREGATION, ADMIN));
        sharedCosts(routes);

        readByAllChangedByAdmins(routes, QUALITY, "/api/v1/judges", "POST");
        readByAllChangedByAdmins(routes, QUALITY, "/api/v1/judges/{id}", "PUT DELETE");
        // costs money of the tenant's budget
        routes.add(Route.of("POST", "/api/v1/judges/{id}/test", QUALITY, ADMIN));
        readByAllChangedByAdmins(routes, QUALITY, "/api/v1/sampling", "PUT");

        readByAllChangedByAdmins(routes, ALERT, "/api/v1/rules", "POST");
        readByAllChangedByAdmins(routes, ALERT, "/api/v1/rules/{id}", "PUT DELETE");
        // a trial changes nothing
        routes.add(Route.of("POST", "/api/v1/rules/{id}/test", ALERT, READ));
        routes.add(Route.of("GET", "/api/v1/alerts", ALERT, READ));
        routes.add(Route.of("GET", "/api/v1/alerts/{id}", ALERT, READ));
        routes.add(Route.of("POST", "/api/v1/alerts/{id}/acknowledge", ALERT, ADMIN));
        readByAllChangedByAdmins(routes, ALERT, "/api/v1/destinations", "POST");
        readByAllChangedByAdmins(routes, ALERT, "/api/v1/destinations/{id}", "PUT DELETE");
        routes.add(Route.of("POST", "/api/v1/destinations/{id}/rotate-secret", ALERT, ADMIN));
        routes.add(Route.of("POST", "/api/v1/destinations/{id}/test", ALERT, ADMIN));
        routes.add(Route.of("GET", "/api/v1/destinations/{id}/deliveries", ALERT, READ));
        readByAllChangedByAdmins(routes, ALERT, "/api/v1/budgets", "POST");
        readByAllChangedByAdmins(routes, ALERT, "/api/v1/budgets/{id}", "PUT DELETE");
        routes.add(Route.of("GET", "/api/v1/budgets/{id}/status", ALERT, READ));
        // asked by the application that makes the calls, with the key that it sends their spans with
        routes.add(Route.of("POST", "/api/v1/decisions", ALERT, Scope.INGEST));
        routes.add(Route.of("GET", "/api/v1/costs/forecast", ALERT, READ));

        routes.add(Route.of("GET POST", "/api/v1/admin/tenants", GATEWAY, OPERATOR));
        routes.add(Route.of("GET PATCH", "/api/v1/admin/tenants/{id}", GATEWAY, OPERATOR));
        routes.add(Route.of("POST", "/api/v1/admin/tenants/{id}/members", GATEWAY, OPERATOR));
        routes.add(Route.of("GET POST", "/api/v1/keys", GATEWAY, ADMIN));
        routes.add(Route.of("GET DELETE", "/api/v1/keys/{id}", GATEWAY, ADMIN));
        routes.add(Route.of("POST", "/api/v1/keys/{id}/rotate", GATEWAY, ADMIN));
        routes.add(Route.of("GET POST", "/api/v1/members", GATEWAY, ADMIN));
        routes.add(Route.of("GET PATCH DELETE", "/api/v1/members/{id}", GATEWAY, ADMIN));
        for (String kind : List.of("mapping", "redaction", "profile")) {
            routes.add(Route.of("GET PUT", "/api/v1/settings/" + kind, GATEWAY, ADMIN));
        }
        routes.add(Route.of("GET", "/api/v1/me", GATEWAY));
        routes.add(Route.of("GET", "/api/v1/openapi", GATEWAY).open());
        return List.copyOf(routes);
    }

    /** Shared costs, and invoices against the ledger. */
    private static void sharedCosts(List<Route> routes) {
        readByAllChangedByAdmins(routes, AGGREGATION, "/api/v1/costs/pools", "POST");
        readByAllChangedByAdmins(routes, AGGREGATION, "/api/v1/costs/pools/{id}", "PUT DELETE");
        routes.add(Route.of("POST", "/api/v1/costs/allocation", AGGREGATION, READ));
        readByAllChangedByAdmins(routes, AGGREGATION, "/api/v1/costs/invoices", "POST");
        readByAllChangedByAdmins(routes, AGGREGATION, "/api/v1/costs/invoices/{id}", "DELETE");
        routes.add(Route.of("GET", "/api/v1/costs/reconciliation", AGGREGATION, READ));
        readByAllChangedByAdmins(routes, AGGREGATION, "/api/v1/costs/reconciliation/adjustments", "POST");
        routes.add(Route.of("GET", "/api/v1/costs/reconciliation/adjustments/{id}", AGGREGATION, READ));
        routes.add(Route.of("POST", "/api/v1/costs/reconciliation/adjustments/{id}/reverse", AGGREGATION, ADMIN));
    }

    private static void readByAllChangedByAdmins(
            List<Route> routes, Upstream upstream, String template, String changes) {
        routes.add(Route.of("GET", template, upstream, READ));
        routes.add(Route.of(changes, template, upstream, ADMIN));
    }
}
