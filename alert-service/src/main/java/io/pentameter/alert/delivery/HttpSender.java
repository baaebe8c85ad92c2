package io.pentameter.alert.delivery;

import io.pentameter.alert.destination.Destination;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes one attempt. It never follows a redirect and reads nothing of the answer but its head. */
@ApplicationScoped
class HttpSender {

    private final HttpClient client;
    private final AddressGuard guard;
    private final DeliveryConfig config;
    private final InstantSource clock;

    HttpSender(
            Vertx vertx,
            DeliveryConfig config,
            InstantSource clock,
            @ConfigProperty(name = "pentameter.alert.allow-private-destinations", defaultValue = "false")
                    boolean allowPrivate) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.connectLimit().toMillis())
                .setKeepAlive(false)
                .setDecompressionSupported(false)
                .setMaxInitialLineLength(1024)
                .setMaxHeaderSize(16 * 1024));
        this.guard = new AddressGuard(host -> List.of(InetAddress.getAllByName(host)), allowPrivate);
        this.config = config;
        this.clock = clock;
    }

    /**
     * Waits for the answer.
     *
     * @param id   the same for each attempt at a notice
     * @param body the same for each attempt at a notice
     */
    Reply send(Destination destination, String id, String body) {
        URI url = destination.url();
        return switch (guard.decide(url.getHost())) {
            case AddressGuard.Decision.Refused(String why) -> new Reply.Refused(why);
            case AddressGuard.Decision.Unknown(String why) -> new Reply.Silent(why);
            case AddressGuard.Decision.Allowed(InetAddress address) -> call(destination, address, id, body);
        };
    }

    private Reply call(Destination destination, InetAddress address, String id, String body) {
        Instant now = clock.instant();
        Future<Reply> reply = client.request(options(destination.url(), address))
                .compose(request -> answer(headed(request, destination, id, body, now), body, now));
        try {
            return reply.toCompletionStage()
                    .toCompletableFuture()
                    .get(config.answerLimit().plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return new Reply.Silent("no answer within " + config.answerLimit());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new Reply.Silent("no answer: " + cause.getClass().getSimpleName());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Reply.Silent("the service was stopped");
        }
    }

    /** The name goes into Host header, SNI and certificate check; the connection goes to the address that was checked. */
    private RequestOptions options(URI url, InetAddress address) {
        boolean isTls = url.getScheme().equals("https");
        int port = url.getPort() >= 0 ? url.getPort() : isTls ? 443 : 80;
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(isTls)
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .setFollowRedirects(false)
                .setTimeout(config.answerLimit().toMillis());
    }

    private static HttpClientRequest headed(
            HttpClientRequest request, Destination destination, String id, String body, Instant now) {
        request.putHeader("Content-Type", "application/json").putHeader("User-Agent", "Pentameter");
        if (destination.secret() != null) {
            request.putHeader("webhook-id", id)
                    .putHeader("webhook-timestamp", String.valueOf(now.getEpochSecond()))
                    .putHeader(
                            "webhook-signature", WebhookSignature.of(id, now, body, destination.signingSecrets(now)));
        }
        return request;
    }

    private static Future<Reply> answer(HttpClientRequest request, String body, Instant now) {
        return request.send(Buffer.buffer(body)).map(response -> {
            request.connection().close();
            return new Reply.Answered(response.statusCode(), RetryAfter.parse(response.getHeader("Retry-After"), now));
        });
    }
}
