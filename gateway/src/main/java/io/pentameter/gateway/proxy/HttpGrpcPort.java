package io.pentameter.gateway.proxy;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Listens where clients expect OTLP over gRPC and hands every call to the door. */
@ApplicationScoped
class HttpGrpcPort {

    private static final Logger LOG = Logger.getLogger(HttpGrpcPort.class);

    private static final int NONE = -1;
    private static final int MAX_PORT = 65_535;
    private static final int IDLE_SECONDS = 75;
    private static final int CONNECTION_WINDOW = 4 * 1024 * 1024;
    private static final int STREAM_WINDOW = 1024 * 1024;
    private static final long START_SECONDS = 10;

    /** As long as the framework gives requests over HTTP, and less than a pod has to end. */
    private static final long DRAIN_MILLIS = 10_000;

    private final Vertx vertx;
    private final HttpDoor door;
    private final GrpcConfig config;
    private final String host;

    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile int listening = NONE;
    private volatile @Nullable String deployment;

    HttpGrpcPort(
            Vertx vertx,
            HttpDoor door,
            GrpcConfig config,
            @ConfigProperty(name = "quarkus.http.host", defaultValue = "0.0.0.0") String host) {
        this.vertx = vertx;
        this.door = door;
        this.config = config;
        this.host = host;
    }

    void start(@Observes StartupEvent event) throws Exception {
        int port = config.port();
        if (port < NONE || port > MAX_PORT) {
            throw new IllegalArgumentException("pentameter.gateway.grpc.port must be in -1..65535: " + port);
        }
        if (port == NONE) {
            return;
        }
        // each instance has an event loop of its own; they share a port that is named
        int instances = port == 0 ? 1 : Runtime.getRuntime().availableProcessors();
        deployment = vertx.deployVerticle(Listener::new, new DeploymentOptions().setInstances(instances))
                .toCompletionStage()
                .toCompletableFuture()
                .get(START_SECONDS, TimeUnit.SECONDS);
        LOG.infof("takes OTLP over gRPC: port=%d", listening);
    }

    /** Clients are told to go elsewhere (GOAWAY); what is under way has a while to end. */
    void stop(@Observes ShutdownEvent event) {
        String id = deployment;
        listening = NONE;
        if (id == null) {
            return;
        }
        connections.forEach(HttpGrpcPort::drain);
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS);
        while (!connections.isEmpty() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        var _ = vertx.undeploy(id);
    }

    private static void drain(HttpConnection connection) {
        try {
            var _ = connection.shutdown(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (UnsupportedOperationException _) { // HTTP/1.1: nothing was taken from it
            var _ = connection.close();
        }
    }

    /** The port that is listened on; -1 if none is. */
    int port() {
        return listening;
    }

    boolean isAsWanted() {
        return config.port() == NONE || listening != NONE;
    }

    private final class Listener extends AbstractVerticle {

        @Override
        public void start(Promise<Void> started) {
            Router router = Router.router(vertx);
            router.route().handler(door::enterGrpc);
            HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                    .setHost(host)
                    .setPort(config.port())
                    .setIdleTimeout(IDLE_SECONDS)
                    .setHttp2ClearTextEnabled(true)
                    .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                    .setInitialSettings(new Http2Settings()
                            .setMaxConcurrentStreams(config.maxCallsPerConnection())
                            .setInitialWindowSize(STREAM_WINDOW)
                            .setMaxHeaderListSize(32 * 1024)));
            server.requestHandler(router)
                    .connectionHandler(connection -> {
                        connections.add(connection);
                        connection.closeHandler(_ -> connections.remove(connection));
                    })
                    .listen()
                    .<Void>map(bound -> {
                        listening = bound.actualPort();
                        return null;
                    })
                    .onComplete(started);
        }
    }
}
