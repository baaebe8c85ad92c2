package io.pentameter.quality;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Speaks OpenAI's chat protocol on a random port; answers what the test has lined up, then a passing grade for ever. */
public final class FakeChatServer implements AutoCloseable {

    /** One answer. */
    public sealed interface Answer {

        record Say(String content) implements Answer {}

        record Status(int status, String body, Map<String, String> headers) implements Answer {}

        /** Sends nothing until the server is closed. */
        record Hang() implements Answer {}

        /** Sends the head and a part of the body, then nothing. */
        record Stall() implements Answer {}

        /** A 200 with that body, whatever it is. */
        record Raw(String body) implements Answer {}
    }

    /** A request that came. */
    public record Seen(String path, String authorization, String body) {}

    private final HttpServer server;
    private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    public FakeChatServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    /** Base of the API. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
    }

    public FakeChatServer then(Answer answer) {
        next.add(answer);
        return this;
    }

    public FakeChatServer thenStatus(int status, Map<String, String> headers) {
        return then(new Answer.Status(status, "{\"error\":{\"message\":\"no\"}}", headers));
    }

    public FakeChatServer thenSay(String content) {
        return then(new Answer.Say(content));
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** The content of a verdict. */
    public static String verdict(String score, boolean passed) {
        return "{\"reason\":\"it names the city\",\"score\":%s,\"passed\":%s}".formatted(score, passed);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String authorization = exchange.getRequestHeaders().getFirst("authorization");
        seen.add(new Seen(exchange.getRequestURI().getPath(), authorization == null ? "" : authorization, body));
        Answer answer = next.poll();
        switch (answer == null ? new Answer.Say(verdict("0.9", true)) : answer) {
            case Answer.Say(String content) -> send(exchange, 200, completion(content), Map.of());
            case Answer.Raw(String raw) -> send(exchange, 200, raw, Map.of());
            case Answer.Status(int status, String text, Map<String, String> headers) ->
                send(exchange, status, text, headers);
            case Answer.Hang _ -> await();
            case Answer.Stall _ -> {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write("{\"choices\":".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                await();
            }
        }
    }

    /** 1,000 tokens in, 50 out, whatever was asked. */
    private static String completion(String content) {
        String quoted = content.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return """
                {"id":"chatcmpl-1","object":"chat.completion","model":"judge-1-2026-11-01","choices":[{"index":0,
                "finish_reason":"stop","message":{"role":"assistant","content":"%s"}}],
                "usage":{"prompt_tokens":1000,"completion_tokens":50,"total_tokens":1050}}""".formatted(quoted);
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body, Map<String, String> headers)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
