package io.pentameter.gateway.proxy;

import io.pentameter.gateway.route.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The services behind the gateway, and the pooled connections to them. */
@ApplicationScoped
class HttpUpstreams {

    /** Shorter than the idle time after which the services close a connection: theirs is 30 minutes. */
    private static final int KEEP_ALIVE_SECONDS = 55;

    /** An answer that stands still for so long is cut off; longer than any wait for its head. */
    private static final int IDLE_SECONDS = 65;

    /** HTTP/2's CANCEL; a request of HTTP/1.1 that was not sent yet leaves its connection as it was. */
    private static final long CANCEL = 8;

    private final Vertx vertx;
    private final HttpClient client;
    private final long maxWaitMillis;
    private final Map<Upstream, URI> addresses = new EnumMap<>(Upstream.class);

    HttpUpstreams(
            Vertx vertx,
            ProxyConfig config,
            @ConfigProperty(name = "pentameter.ingest.url") URI ingest,
            @ConfigProperty(name = "pentameter.aggregation.url") URI aggregation,
            @ConfigProperty(name = "pentameter.quality.url") URI quality,
            @ConfigProperty(name = "pentameter.alert.url") URI alert) {
        this.vertx = vertx;
        maxWaitMillis = config.connectTimeout().toMillis();
        addresses.put(Upstream.INGEST, ingest);
        addresses.put(Upstream.AGGREGATION, aggregation);
        addresses.put(Upstream.QUALITY, quality);
        addresses.put(Upstream.ALERT, alert);
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setKeepAlive(true)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setConnectTimeout((int) maxWaitMillis)
                        .setMaxWaitQueueSize(config.maxWaiting())
                        .setTcpNoDelay(true)
                        .setMaxHeaderSize(32 * 1024),
                new PoolOptions().setHttp1MaxSize(config.maxConnections()));
    }

    /**
     * A request on a connection of the pool; fails if there is none in time.
     *
     * <p>The client's own limit for this loses a connection for each wait that ends at the moment in which its connection comes
     * (eclipse-vertx/vert.x 5967 and 6169, in 4.5 not mended): after a rush, none of the pool would be left until they are idle for too
     * long. Here, a connection that comes too late goes back.
     */
    Future<HttpClientRequest> open(RequestOptions options) {
        Promise<HttpClientRequest> first = Promise.promise();
        long timer = vertx.setTimer(maxWaitMillis, _ -> first.tryFail("no connection within " + maxWaitMillis + " ms"));
        client.request(options).onComplete(opened -> {
            vertx.cancelTimer(timer);
            if (opened.failed()) {
                first.tryFail(opened.cause());
            } else if (!first.tryComplete(opened.result())) {
                opened.result().exceptionHandler(_ -> {}).reset(CANCEL);
            }
        });
        return first.future();
    }

    /** @param uri path and query as the client sent them */
    RequestOptions request(Upstream upstream, HttpMethod method, String uri) {
        URI address = Objects.requireNonNull(addresses.get(upstream), upstream::word);
        return new RequestOptions()
                .setHost(address.getHost())
                .setPort(address.getPort() < 0 ? 80 : address.getPort())
                .setMethod(method)
                .setURI(uri);
    }

    @PreDestroy
    void close() {
        var _ = client.close();
    }
}
