package io.pentameter.gateway.proxy;

import io.pentameter.gateway.credential.AgentPorts;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Listens where clients look for an agent of their own network (Datadog's tracers: port 8126) and hands every request to
 * what answers the public port. That its port stands for a key is known to {@link AgentPorts}.
 */
@ApplicationScoped
class HttpAgentPorts {

    private static final Logger LOG = Logger.getLogger(HttpAgentPorts.class);

    private static final int IDLE_SECONDS = 75;
    private static final long START_SECONDS = 10;

    private final Vertx vertx;
    private final AgentPorts ports;
    private final String host;
    private final List<String> deployments = new CopyOnWriteArrayList<>();

    HttpAgentPorts(
            Vertx vertx,
            AgentPorts ports,
            @ConfigProperty(name = "quarkus.http.host", defaultValue = "0.0.0.0") String host) {
        this.vertx = vertx;
        this.ports = ports;
        this.host = host;
    }

    /** What cannot be listened on ends the start: clients would lose everything in silence. */
    void start(@Observes StartupEvent event) throws InterruptedException, TimeoutException {
        for (int port : ports.ports()) {
            try {
                deployments.add(vertx.deployVerticle(
                                () -> new Listener(port),
                                new DeploymentOptions()
                                        .setInstances(Runtime.getRuntime().availableProcessors()))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(START_SECONDS, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                throw new IllegalStateException(
                        "pentameter.gateway.credential.agent-ports: cannot listen on port %d of %s: %s"
                                .formatted(port, host, e.getCause()),
                        e);
            }
            LOG.infof("stands for an agent: port=%d", port);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        deployments.forEach(id -> {
            var _ = vertx.undeploy(id);
        });
    }

    private final class Listener extends AbstractVerticle {

        private final int port;

        Listener(int port) {
            this.port = port;
        }

        @Override
        public void start(Promise<Void> started) {
            vertx.createHttpServer(new HttpServerOptions()
                            .setHost(host)
                            .setPort(port)
                            .setIdleTimeout(IDLE_SECONDS)
                            .setHandle100ContinueAutomatically(true))
                    .requestHandler(
                            request -> VertxHttpRecorder.getRootHandler().handle(request))
                    .listen()
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
