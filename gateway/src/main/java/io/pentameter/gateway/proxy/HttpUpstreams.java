package io.pentameter.gateway.proxy;

import io.pentameter.gateway.route.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
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

    private final HttpClient client;
    private final ProxyConfig config;
    private final Map<Upstream, URI> addresses = new EnumMap<>(Upstream.class);

    HttpUpstreams(
            Vertx vertx,
            ProxyConfig config,
            @ConfigProperty(name = "pentameter.ingest.url") URI ingest,
            @ConfigProperty(name = "pentameter.aggregation.url") URI aggregation,
            @ConfigProperty(name = "pentameter.quality.url") URI quality,
            @ConfigProperty(name = "pentameter.alert.url") URI alert) {
        this.config = config;
        addresses.put(Upstream.INGEST, ingest);
        addresses.put(Upstream.AGGREGATION, aggregation);
        addresses.put(Upstream.QUALITY, quality);
        addresses.put(Upstream.ALERT, alert);
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setKeepAlive(true)
                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setConnectTimeout((int) config.connectTimeout().toMillis())
                        .setMaxWaitQueueSize(config.maxWaiting())
                        .setTcpNoDelay(true)
                        .setMaxHeaderSize(32 * 1024),
                new PoolOptions().setHttp1MaxSize(config.maxConnections()));
    }

    HttpClient client() {
        return client;
    }

    /** @param uri path and query as the client sent them */
    RequestOptions request(Upstream upstream, HttpMethod method, String uri) {
        URI address = Objects.requireNonNull(addresses.get(upstream), upstream::word);
        return new RequestOptions()
                .setHost(address.getHost())
                .setPort(address.getPort() < 0 ? 80 : address.getPort())
                .setMethod(method)
                .setURI(uri)
                .setConnectTimeout(config.connectTimeout().toMillis());
    }

    @PreDestroy
    void close() {
        var _ = client.close();
    }
}
