package io.pentameter.gateway.proxy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The port on which clients expect OTLP over gRPC; the public port takes the same calls. */
@ConfigMapping(prefix = "pentameter.gateway.grpc")
interface GrpcConfig {

    /** Port, 1..65535; 0 for any free one, -1 for none at all. Plain HTTP/2: TLS ends in front of it. */
    @WithDefault("4317")
    int port();

    /** Calls at once on one connection; more wait in the client. */
    @WithDefault("256")
    int maxCallsPerConnection();
}
