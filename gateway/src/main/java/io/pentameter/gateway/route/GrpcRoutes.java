package io.pentameter.gateway.route;

import io.pentameter.kit.token.Scope;
import java.util.List;
import java.util.Map;

/** The methods of gRPC that are served, each by the route of OTLP over HTTP that takes the same message. */
public final class GrpcRoutes {

    private static final Map<String, String> HTTP_PATHS = Map.of(
            "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "/v1/traces",
            "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", "/v1/metrics",
            "/opentelemetry.proto.collector.logs.v1.LogsService/Export", "/v1/logs");

    private GrpcRoutes() {}

    /** Their paths on the wire, in no meaningful order. */
    public static List<Route> all() {
        return HTTP_PATHS.keySet().stream()
                .map(method ->
                        Route.of("POST", method, Upstream.INGEST, Scope.INGEST).withDialect(Dialect.GRPC))
                .toList();
    }

    /**
     * The path at which the service takes the method's message as protobuf over HTTP.
     *
     * @throws IllegalArgumentException if it is none of {@link #all}
     */
    public static String httpPath(String method) {
        String path = HTTP_PATHS.get(method);
        if (path == null) {
            throw new IllegalArgumentException("no method of gRPC that is served: " + method);
        }
        return path;
    }
}
