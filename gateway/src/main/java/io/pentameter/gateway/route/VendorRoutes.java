package io.pentameter.gateway.route;

import static io.pentameter.gateway.route.Upstream.GATEWAY;
import static io.pentameter.gateway.route.Upstream.INGEST;

import io.pentameter.kit.token.Scope;
import java.util.ArrayList;
import java.util.List;

/** The routes on which clients of other vendors speak their own protocols; all of them bring telemetry or ask for nothing. */
final class VendorRoutes {

    private VendorRoutes() {}

    static List<Route> all() {
        List<Route> routes = new ArrayList<>();
        langfuse(routes);
        langsmith(routes);
        datadog(routes);
        add(routes, Dialect.HELICONE, "POST", "/custom/v1/log");
        for (String target : List.of("span", "trace", "session")) {
            add(routes, Dialect.LANGSMITH, "POST", "/v1/" + target + "_annotations");
        }
        return routes;
    }

    private static void langfuse(List<Route> routes) {
        Dialect langfuse = Dialect.LANGFUSE;
        add(routes, langfuse, "POST", "/api/public/ingestion");
        add(routes, langfuse, "POST", "/api/public/scores");
        add(routes, langfuse, "GET", "/api/public/projects");
        add(routes, langfuse, "GET", "/api/public/prompts");
        add(routes, langfuse, "GET", "/api/public/v2/prompts");
        add(routes, langfuse, "GET", "/api/public/v2/prompts/{name}");
        add(routes, langfuse, "POST", "/api/public/media");
        add(routes, langfuse, "GET PATCH", "/api/public/media/{id}");
        open(routes, langfuse, "/api/public/health");
    }

    /** At the root, and below the path that an endpoint may carry. */
    private static void langsmith(List<Route> routes) {
        Dialect langsmith = Dialect.LANGSMITH;
        for (String mount : List.of("", "/langsmith")) {
            add(routes, langsmith, "POST", mount + "/runs/multipart");
            add(routes, langsmith, "POST", mount + "/runs/batch");
            add(routes, langsmith, "POST", mount + "/runs");
            add(routes, langsmith, "PATCH", mount + "/runs/{id}");
            add(routes, langsmith, "POST", mount + "/feedback");
            add(routes, langsmith, "GET PATCH DELETE", mount + "/feedback/{id}");
        }
        open(routes, langsmith, "/langsmith/info");
    }

    private static void datadog(List<Route> routes) {
        Dialect datadog = Dialect.DATADOG;
        for (String mount : List.of("", "/evp_proxy/v1", "/evp_proxy/v2", "/evp_proxy/v3", "/evp_proxy/v4")) {
            add(routes, datadog, "POST", mount + "/api/v2/llmobs");
            add(routes, datadog, "POST", mount + "/api/intake/llm-obs/v1/eval-metric");
            add(routes, datadog, "POST", mount + "/api/intake/llm-obs/v2/eval-metric");
        }
        for (String version : List.of("v0.3", "v0.4", "v0.5")) {
            add(routes, datadog, "PUT POST", "/" + version + "/traces");
        }
        // LangSmith's clients ask the same path, if their endpoint has none
        open(routes, datadog, "/info");
    }

    private static void add(List<Route> routes, Dialect dialect, String methods, String template) {
        routes.add(Route.of(methods, template, INGEST, Scope.INGEST).withDialect(dialect));
    }

    private static void open(List<Route> routes, Dialect dialect, String template) {
        routes.add(Route.of("GET", template, GATEWAY).withDialect(dialect).open());
    }
}
