package io.pentameter.gateway.route;

/** In whose words a route answers when it refuses. */
public enum Dialect {
    /** Our own API: {@code application/problem+json}. */
    PROBLEM,
    /** OTLP over HTTP: {@code google.rpc.Status}, protobuf or JSON as the request was. */
    OTLP,
    /** {@code {"message", "error"}}, always JSON: the clients of Langfuse drop a batch that is refused in plain text. */
    LANGFUSE,
    /** {@code {"detail"}}. */
    LANGSMITH,
    /** {@code {"errors": [...]}}. */
    DATADOG,
    /** {@code {"error"}}. */
    HELICONE,
    /** gRPC: the status is in the trailers, {@code grpc-status} and {@code grpc-status-details-bin}; there is no body. */
    GRPC
}
