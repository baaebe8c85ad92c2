package io.pentameter.gateway.proxy;

import static io.pentameter.gateway.testing.Gateway.get;
import static io.pentameter.gateway.testing.Gateway.key;
import static io.pentameter.gateway.testing.Gateway.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.gateway.testing.Gateway;
import io.pentameter.gateway.testing.GatewayEngines;
import io.pentameter.gateway.testing.Service;
import io.pentameter.gateway.testing.TopicReader;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenVerifier;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = GatewayEngines.class, scope = TestResourceScope.GLOBAL)
class ProxyTest {

    @Inject
    TokenVerifier verifier;

    private Service service;

    @BeforeEach
    void startService() {
        service = Service.start(Gateway.service());
    }

    @AfterEach
    void stopService() {
        service.close();
    }

    @Test
    void aRequestArrivesWithTheInternalTokenAndWithoutTheCredential() {
        Gateway.Home home = Gateway.home();
        String key = key(home, "ingest");

        Gateway.Answer answer = send(
                "POST",
                "/v1/traces?x=1",
                BodyPublishers.ofString("spans"),
                "x-api-key",
                key,
                "Content-Type",
                "application/x-protobuf",
                "Pentameter-Tenant",
                "forged",
                "Cookie",
                "secret=1",
                "X-Custom",
                "kept");

        assertThat(answer.status()).isEqualTo(200);
        Service.Arrived arrived = service.last();
        assertThat(arrived.uri()).isEqualTo("/v1/traces?x=1");
        assertThat(arrived.bytes()).isEqualTo(5);
        assertThat(arrived.headers()).doesNotContainKeys("x-api-key", "pentameter-tenant", "cookie");
        assertThat(arrived.header("x-custom")).isEqualTo("kept");
        assertThat(arrived.header("pentameter-request-id")).isEqualTo(answer.header("Pentameter-Request-Id"));
        assertThat(verifier.verify(arrived.header("authorization")))
                .isEqualTo(new Caller(
                        "gateway",
                        Gateway.keyId(key),
                        home.tenant(),
                        Set.of(Scope.INGEST),
                        Set.of(),
                        Gateway.keyId(key),
                        "test key"));
    }

    @Test
    void theAnswerGoesBackAsItIsWithoutWhatOnlyTheGatewayReads() {
        String key = key(Gateway.home(), "ingest");
        service.answers(exchange -> {
            exchange.getResponseHeaders().add("Pentameter-Spans-Accepted", "7");
            exchange.getResponseHeaders().add("X-Kept", "yes");
            Service.reply(exchange, 400, "{\"code\":3}");
        });

        Gateway.Answer answer = traces(key, "x");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.response().body()).isEqualTo("{\"code\":3}");
        assertThat(answer.header("X-Kept")).isEqualTo("yes");
        assertThat(answer.header("RateLimit")).contains("\"spans\";r=");
        assertThat(answer.response().headers().firstValue("Pentameter-Spans-Accepted"))
                .isEmpty();
    }

    @Test
    void aChunkedBodyOf50MegabytesIsPassedOnWithoutBeingGathered() throws IOException {
        String key = key(Gateway.home(), "ingest");
        long size = 50L * 1024 * 1024;
        long before = usedHeap();
        long[] most = {0};

        InputStream body = new InputStream() {
            private long left = size;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int count = (int) Math.min(Math.min(length, 16_384), left);
                left -= count;
                if (left % (8 * 1024 * 1024) < 16_384) {
                    most[0] = Math.max(most[0], usedHeap());
                }
                return count;
            }
        };
        Gateway.Answer answer =
                send("POST", "/v1/traces", BodyPublishers.ofInputStream(() -> body), "Authorization", "Bearer " + key);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(service.last().bytes()).isEqualTo(size);
        assertThat(most[0] - before).isLessThan(25L * 1024 * 1024);
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void aBodyOverTheLimitIs413WhetherItSaysSoOrNot() {
        String key = key(Gateway.home(), "ingest");
        byte[] large = new byte[65 * 1024 * 1024];

        Gateway.Answer chunked = send(
                "POST",
                "/v1/traces",
                BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)),
                "Authorization",
                "Bearer " + key,
                "Content-Type",
                "application/json");

        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.json().get("message").asText()).contains("67108864 bytes");
        assertThat(service.arrived())
                .allSatisfy(arrived -> assertThat(arrived.bytes()).isEqualTo(-1));
    }

    @Test
    void aBodyThatIsCutOffReachesTheServiceAsCutOff() throws IOException {
        String key = key(Gateway.home(), "ingest");

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Gateway.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(head(key, "Transfer-Encoding: chunked"));
            out.write("5\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            await().atMost(Duration.ofSeconds(10)).until(() -> service.begun() == 1);
        }

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(service.arrived())
                        .extracting(Service.Arrived::bytes)
                        .containsExactly(-1L));
    }

    @Test
    void aBodyThatStopsInTheMiddleIs408() throws IOException {
        String key = key(Gateway.home(), "ingest");

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Gateway.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(head(key, "Content-Length: 100"));
            socket.getOutputStream().write("half".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            byte[] answer = new byte[64];
            int read = socket.getInputStream().read(answer);

            assertThat(new String(answer, 0, read, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 408 ");
        }
    }

    private static byte[] head(String key, String bodyHeader) {
        return """
                POST /v1/traces HTTP/1.1
                Host: localhost
                Authorization: Bearer %s
                Content-Type: application/x-protobuf
                %s

                """.formatted(key, bodyHeader).replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void aServiceThatIsAwayIs503WithRetryAfterInTheDialectOfTheRoute() {
        Gateway.Home home = Gateway.home();
        String key = key(home, "ingest", "read");
        service.close();

        Gateway.Answer otlp = send(
                "POST",
                "/v1/traces",
                BodyPublishers.ofString("{}"),
                "x-api-key",
                key,
                "Content-Type",
                "application/json; charset=utf-8");
        Gateway.Answer ours = get("/api/v1/accounting", key);

        assertThat(otlp.status()).isEqualTo(503);
        assertThat(otlp.header("Retry-After")).isEqualTo("2");
        assertThat(otlp.json().get("code").asInt()).isEqualTo(14);
        assertThat(ours.status()).isEqualTo(503);
        assertThat(ours.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(ours.json().get("type").asText()).isEqualTo("urn:pentameter:problem:unavailable");
    }

    @Test
    void aServiceThatDiesBeforeItAnswersIs503() {
        String key = key(Gateway.home(), "ingest");
        service.answers(com.sun.net.httpserver.HttpExchange::close);

        assertThat(traces(key, "x").status()).isEqualTo(503);
    }

    @Test
    void aClientThatGivesUpTakesItsRequestWithIt() throws Exception {
        String key = key(Gateway.home(), "read");
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch broken = new CountDownLatch(1);
        service.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            arrived.countDown();
            try {
                byte[] chunk = new byte[65_536];
                while (!Thread.currentThread().isInterrupted()) {
                    exchange.getResponseBody().write(chunk);
                }
            } catch (IOException _) {
                broken.countDown();
            }
        });

        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Gateway.port())) {
            socket.getOutputStream()
                    .write("GET /api/v1/accounting HTTP/1.1\r\nHost: x\r\nx-api-key: %s\r\n\r\n"
                            .formatted(key)
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(arrived.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        }

        assertThat(broken.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anUnknownRouteOrATwistedPathIs404AndReachesNoService() {
        String key = key(Gateway.home(), "read");

        for (String path : List.of(
                "/nope",
                "/internal/x",
                "/q/metrics",
                "/q/health",
                "/api/v1/traces/%2e%2e/%2e%2e/internal",
                "/api/v1/traces/..%2f..%2finternal",
                "/api/v1//traces",
                "/api/v1/traces/",
                "/api/v1/traces/a;b")) {
            assertThat(get(path, key).status()).as(path).isEqualTo(404);
        }
        assertThat(service.arrived()).isEmpty();
        Gateway.Answer wrongMethod = get("/v1/traces", key);
        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(wrongMethod.header("Allow")).isEqualTo("POST");
    }

    @Test
    void aReadOfATraceIsAuditedIfTheCallerSeesPayloads() {
        Gateway.Home home = Gateway.home();
        String seeing = key(home, "read", "payload");
        String blind = key(home, "read");

        get("/api/v1/traces/0af7651916cd43dd8448eb211c80319c", blind);
        Gateway.Answer read = get("/api/v1/traces/0af7651916cd43dd8448eb211c80319c", seeing);

        assertThat(read.status()).isEqualTo(200);
        List<AuditRecord> records = TopicReader.now(
                Topics.AUDIT,
                AuditRecord.parser(),
                each -> each.getTenant().equals(home.tenant())
                        && each.getAction().equals("payload.read"));
        assertThat(records).singleElement().satisfies(each -> {
            assertThat(each.getActorId()).isEqualTo(Gateway.keyId(seeing));
            assertThat(each.getActorKind()).isEqualTo("key");
            assertThat(each.getObject()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            assertThat(each.getRequestId()).isEqualTo(read.header("Pentameter-Request-Id"));
            assertThat(each.getResult()).isEqualTo("allowed");
        });
    }

    private static Gateway.Answer traces(String key, String body) {
        return send("POST", "/v1/traces", BodyPublishers.ofString(body), "Authorization", "Bearer " + key);
    }
}
