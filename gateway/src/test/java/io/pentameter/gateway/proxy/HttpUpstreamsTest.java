package io.pentameter.gateway.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pentameter.gateway.route.Upstream;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpUpstreamsTest {

    private static final int CONNECTIONS = 4;
    private static final int THREADS = 8;
    private static final int EACH = 150;

    /** An event loop is away for so long: what falls together in that time comes in any order. */
    private static final long BUSY_NANOS = 2_000_000;

    private static final long PAUSE_NANOS = 16_000_000;

    private Vertx vertx;
    private HttpUpstreams upstreams;
    private final AtomicInteger served = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> vertx.setTimer(8, _ -> {
                    served.incrementAndGet();
                    request.response().end();
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, SECONDS);
        URI service = URI.create("http://127.0.0.1:" + server.actualPort());
        upstreams = new HttpUpstreams(vertx, new Limits(), service, service, service, service);
    }

    @AfterEach
    void stop() throws Exception {
        upstreams.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
    }

    @Test
    void aRushThatWaitsTooLongLeavesEveryConnectionUsable() throws Exception {
        CountDownLatch over = new CountDownLatch(THREADS * EACH);
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, THREADS)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> rush(over, refused)))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(over.await(30, SECONDS)).isTrue();
        assertThat(refused.get()).as("else nothing waited too long").isPositive();
        assertThat(served.get()).isPositive();

        await().atMost(Duration.ofSeconds(15)).until(() -> connectionsToBeHad() == CONNECTIONS);
    }

    @Test
    void whoGetsNoConnectionInTimeIsToldSo() throws Exception {
        for (int i = 0; i < CONNECTIONS; i++) {
            var _ = upstreams
                    .open(request())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(5, SECONDS);
        }

        assertThatThrownBy(() -> upstreams
                        .open(request())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(5, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("no connection within 20 ms");
    }

    /** At once; they are given back. */
    private long connectionsToBeHad() {
        List<Future<HttpClientRequest>> asked = IntStream.range(0, CONNECTIONS)
                .mapToObj(_ -> upstreams.open(request()))
                .toList();
        await().until(() -> asked.stream().allMatch(Future::isComplete));
        List<Future<HttpClientRequest>> had =
                asked.stream().filter(Future::succeeded).toList();
        had.forEach(one -> one.result().exceptionHandler(_ -> {}).reset());
        return had.size();
    }

    private void rush(CountDownLatch over, AtomicInteger refused) {
        for (int i = 0; i < EACH; i++) {
            upstreams.open(request()).onComplete(opened -> {
                if (opened.failed()) {
                    refused.incrementAndGet();
                    over.countDown();
                } else {
                    opened.result().send().onComplete(_ -> over.countDown());
                }
                LockSupport.parkNanos(BUSY_NANOS);
            });
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private RequestOptions request() {
        return upstreams.request(Upstream.ALERT, HttpMethod.GET, "/");
    }

    private record Limits() implements ProxyConfig {

        @Override
        public MemorySize maxBody() {
            return new MemorySize(BigInteger.TEN);
        }

        @Override
        public MemorySize maxOwnBody() {
            return new MemorySize(BigInteger.TEN);
        }

        @Override
        public Duration maxBodySilence() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration maxBodyTime() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration maxAnswerTime() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ofMillis(20);
        }

        @Override
        public int maxConnections() {
            return CONNECTIONS;
        }

        @Override
        public int maxWaiting() {
            return 10_000;
        }
    }
}
