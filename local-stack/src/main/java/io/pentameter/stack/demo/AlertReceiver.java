package io.pentameter.stack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Takes the notices of alerts, as somebody's on-call tool would, and remembers the last of them. */
final class AlertReceiver implements AutoCloseable {

    private static final int REMEMBERED = 6;
    private static final int NO_CONTENT = 204;
    private static final long NO_BODY = -1;

    private final ObjectMapper json = new ObjectMapper();
    private final Deque<Notice> notices = new ArrayDeque<>();
    private final InstantSource clock;
    private final HttpServer server;

    /** What came: when, and the notice itself. */
    record Notice(LocalTime at, JsonNode body) {}

    AlertReceiver(int port, InstantSource clock) {
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "port %d is taken; the demo's receiver of alerts wants it".formatted(port), e);
        }
        server.createContext("/alerts", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/alerts";
    }

    /** Newest first. */
    List<Notice> notices() {
        synchronized (notices) {
            return List.copyOf(notices);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = json.readTree(exchange.getRequestBody());
            LocalTime now =
                    LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
            synchronized (notices) {
                notices.addFirst(new Notice(now, body));
                while (notices.size() > REMEMBERED) {
                    notices.removeLast();
                }
            }
            exchange.sendResponseHeaders(NO_CONTENT, NO_BODY);
        }
    }
}
