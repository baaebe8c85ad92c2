package io.pentameter.gateway.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The service behind the gateway: takes everything, notes it, and answers as the test wants. */
public final class Service implements AutoCloseable {

    /** What arrived: {@code bytes} is -1 if the body was cut off. */
    public record Arrived(String method, String uri, Map<String, List<String>> headers, long bytes) {

        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of(""))
                    .getFirst();
        }
    }

    /** How to answer. */
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
    private final AtomicInteger begun = new AtomicInteger();
    private volatile Answer answer = exchange -> reply(exchange, 200, "{}");

    private Service(HttpServer server) {
        this.server = server;
    }

    public static Service start(URI address) {
        try {
            HttpServer server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()), 0);
            Service service = new Service(server);
            server.setExecutor(service.threads);
            server.createContext("/", service::serve);
            server.start();
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void answers(Answer other) {
        answer = other;
    }

    public List<Arrived> arrived() {
        return List.copyOf(arrived);
    }

    /** Requests whose head has arrived. */
    public int begun() {
        return begun.get();
    }

    public Arrived last() {
        return arrived.getLast();
    }

    public static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        begun.incrementAndGet();
        long bytes = 0;
        try (InputStream body = exchange.getRequestBody()) {
            byte[] buffer = new byte[65_536];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
            }
        } catch (IOException _) {
            note(exchange, -1);
            exchange.close();
            return;
        }
        note(exchange, bytes);
        answer.to(exchange);
    }

    private void note(HttpExchange exchange, long bytes) {
        Headers headers = exchange.getRequestHeaders();
        Map<String, List<String>> copy = new java.util.TreeMap<>();
        headers.forEach((name, values) -> copy.put(name.toLowerCase(java.util.Locale.ROOT), List.copyOf(values)));
        arrived.add(new Arrived(
                exchange.getRequestMethod(), exchange.getRequestURI().toString(), copy, bytes));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
