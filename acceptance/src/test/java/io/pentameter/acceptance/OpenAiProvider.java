package io.pentameter.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A provider on this machine that speaks OpenAI's protocol of chat completions: answers, streams, calls of tools, usage with
 * cached and reasoning tokens, 429 and 400. Which it does, the last {@code case:word} of the messages says.
 */
final class OpenAiProvider implements AutoCloseable {

    /** The least time until an answer, or the first piece of a stream, comes. */
    static final Duration FIRST = Duration.ofMillis(80);

    /** The least time from the first to the last piece of a stream: far longer than a busy machine keeps a client from reading. */
    static final Duration STREAMING = Duration.ofMillis(900);

    /** The model that answers. */
    static final String MODEL = "gpt-4o-mini-2024-07-18";

    private static final Pattern CASE = Pattern.compile("case:(\\w+) ([\\w-]+)");
    private static final int PIECES = 6;

    private final HttpServer server;
    private final Set<String> putOff = ConcurrentHashMap.newKeySet();

    /** What is answered to a case; tokens as OpenAI counts them: cached in the prompt, reasoning in the completion. */
    record Call(String word, String text, int prompt, int cached, int completion, int reasoning) {

        static final Call PLAIN = new Call("plain", "It is on its way.", 120, 64, 45, 20);
        static final Call STREAM = new Call("stream", "One two three four five six.", 200, 128, 60, 12);
        static final Call TOOLS = new Call("tools", "", 310, 0, 25, 0);
        static final Call AFTER_TOOL = new Call("after", "Order 4711 is on its way.", 345, 256, 38, 0);
        static final Call LIMITED = new Call("limited", "Now there is room.", 77, 0, 11, 0);

        String usage() {
            return """
                    {"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,\
                    "prompt_tokens_details":{"cached_tokens":%d,"audio_tokens":0},\
                    "completion_tokens_details":{"reasoning_tokens":%d,"audio_tokens":0,\
                    "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}""".formatted(prompt, completion, prompt + completion, cached, reasoning);
        }
    }

    private OpenAiProvider(HttpServer server) {
        this.server = server;
        server.createContext("/v1/chat/completions", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    }

    static OpenAiProvider start() throws IOException {
        return start(0);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static OpenAiProvider start(int port) throws IOException {
        OpenAiProvider provider =
                new OpenAiProvider(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        provider.server.start();
        return provider;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Matcher asked = CASE.matcher(body);
            if (!asked.find()) {
                error(exchange, 400, "invalid_request_error", "the messages name no case");
                return;
            }
            pause(FIRST);
            switch (asked.group(1)) {
                case "plain" -> whole(exchange, Call.PLAIN);
                case "stream" -> stream(exchange, Call.STREAM);
                case "tools" -> whole(exchange, body.contains("tool_call_id") ? Call.AFTER_TOOL : Call.TOOLS);
                case "limited" -> {
                    if (putOff.add(asked.group(2))) {
                        exchange.getResponseHeaders().set("retry-after-ms", "20");
                        error(exchange, 429, "rate_limit_exceeded", "Rate limit reached for gpt-4o-mini.");
                    } else {
                        whole(exchange, Call.LIMITED);
                    }
                }
                default -> error(exchange, 400, "invalid_request_error", "temperature must be in 0..2: 9");
            }
        }
    }

    private static void whole(HttpExchange exchange, Call call) throws IOException {
        String message = call.equals(Call.TOOLS)
                ? """
                        {"role":"assistant","content":null,"refusal":null,"tool_calls":[{"id":"call_4711","type":"function",\
                        "function":{"name":"find_order","arguments":"{\\"number\\":\\"4711\\"}"}}]}"""
                : "{\"role\":\"assistant\",\"content\":\"%s\",\"refusal\":null}".formatted(call.text());
        send(exchange, 200, """
                {"id":"chatcmpl-%s","object":"chat.completion","created":1795179986,"model":"%s","choices":[{"index":0,\
                "message":%s,"logprobs":null,"finish_reason":"%s"}],"usage":%s,"service_tier":"default",\
                "system_fingerprint":"fp_44709d6fcb"}""".formatted(
                        call.word(), MODEL, message, call.equals(Call.TOOLS) ? "tool_calls" : "stop", call.usage()));
    }

    private static void stream(HttpExchange exchange, Call call) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            piece(out, call, "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null");
            for (String word : call.text().split("(?<= )", PIECES)) {
                pause(STREAMING.dividedBy(PIECES));
                piece(out, call, "{\"content\":\"%s\"}".formatted(word), "null");
            }
            piece(out, call, "{}", "\"stop\"");
            event(out, chunk(call, "[]", call.usage()));
            event(out, "[DONE]");
        }
    }

    private static void piece(OutputStream out, Call call, String delta, String finish) throws IOException {
        event(
                out,
                chunk(
                        call,
                        "[{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}]".formatted(delta, finish),
                        "null"));
    }

    private static String chunk(Call call, String choices, String usage) {
        return """
                {"id":"chatcmpl-%s","object":"chat.completion.chunk","created":1795179986,"model":"%s",\
                "service_tier":"default","system_fingerprint":"fp_44709d6fcb","choices":%s,"usage":%s}""".formatted(call.word(), MODEL, choices, usage);
    }

    private static void event(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void error(HttpExchange exchange, int status, String code, String message) throws IOException {
        send(
                exchange,
                status,
                "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":\"%s\"}}"
                        .formatted(message, code, code));
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("x-request-id", "req_4711");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
