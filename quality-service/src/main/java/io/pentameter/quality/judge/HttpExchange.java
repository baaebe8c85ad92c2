package io.pentameter.quality.judge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One POST of JSON to an address that was chosen before, with an end to time and size. Redirects are not followed.
 *
 * @param timeout for everything from connecting to the last byte
 */
record HttpExchange(HttpClient client, Duration timeout) {

    /** Largest answer that is read, bytes; a verdict has some hundred. */
    static final int MAX_ANSWER = 1 << 20;

    /** What became of it. */
    sealed interface Result {

        /** @param retryAfter the header, or empty */
        record Response(int status, String body, String retryAfter) implements Result {}

        /**
         * No whole answer.
         *
         * @param reason  timeout or unreachable
         * @param wasSent whether the other side may have had the whole question
         */
        record Lost(String reason, boolean wasSent) implements Result {}

        /** The answer had more than {@link #MAX_ANSWER} bytes. */
        record TooLarge() implements Result {}
    }

    Result post(URI url, InetAddress address, @Nullable String bearer, Buffer body) {
        AtomicReference<@Nullable HttpClientRequest> sent = new AtomicReference<>();
        Future<Result> result = client.request(options(url, address, bearer)).compose(request -> {
            sent.set(request);
            return request.send(body).compose(response -> read(request, response));
        });
        try {
            return result.toCompletionStage().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            HttpClientRequest request = sent.get();
            if (request != null) {
                request.reset();
            }
            return new Result.Lost("timeout", request != null);
        } catch (ExecutionException _) {
            return new Result.Lost("unreachable", sent.get() != null);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Result.Lost("interrupted", sent.get() != null);
        }
    }

    private RequestOptions options(URI url, InetAddress address, @Nullable String bearer) {
        boolean isTls = url.getScheme().toLowerCase(Locale.ROOT).equals("https");
        int port = url.getPort() > 0 ? url.getPort() : isTls ? 443 : 80;
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(isTls)
                .setURI(url.getRawPath())
                .setFollowRedirects(false)
                .putHeader("content-type", "application/json")
                .putHeader("accept", "application/json");
        return bearer == null ? options : options.putHeader("authorization", "Bearer " + bearer);
    }

    private static Future<Result> read(HttpClientRequest request, HttpClientResponse response) {
        Promise<Result> done = Promise.promise();
        Buffer all = Buffer.buffer();
        String retryAfter = response.getHeader("retry-after");
        response.handler(part -> {
            if (all.length() + part.length() > MAX_ANSWER) {
                done.tryComplete(new Result.TooLarge());
                request.reset();
            } else {
                all.appendBuffer(part);
            }
        });
        response.endHandler(_ -> done.tryComplete(
                new Result.Response(response.statusCode(), all.toString(), retryAfter == null ? "" : retryAfter)));
        response.exceptionHandler(done::tryFail);
        return done.future();
    }
}
