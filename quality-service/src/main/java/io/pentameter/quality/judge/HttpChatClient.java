package io.pentameter.quality.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.quality.judge.ChatClient.Reply.Answered;
import io.pentameter.quality.judge.ChatClient.Reply.Broken;
import io.pentameter.quality.judge.ChatClient.Reply.Busy;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The protocol over HTTP.
 *
 * <p>Asks for a structured answer by JSON schema; an endpoint that does not know that is asked for a JSON object instead,
 * and one that does not know that either for plain text, which is then read as strictly. What an endpoint cannot do is
 * remembered until the service restarts.
 *
 * <p>Not a chat library's client: those hide Retry-After, follow names to whatever address they have at the moment of
 * connecting, and read answers of any size.
 */
final class HttpChatClient implements ChatClient {

    /** Most endpoints whose abilities are remembered. */
    private static final int MAX_REMEMBERED = 1_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpExchange exchange;
    private final EndpointGuard guard;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Format> formats = new ConcurrentHashMap<>();

    /** How a structured answer is asked for, the best first. */
    private enum Format {
        SCHEMA,
        OBJECT,
        TEXT;

        private Format simpler() {
            return this == SCHEMA ? OBJECT : TEXT;
        }
    }

    HttpChatClient(HttpExchange exchange, EndpointGuard guard, InstantSource clock) {
        this.exchange = exchange;
        this.guard = guard;
        this.clock = clock;
    }

    @Override
    public Reply ask(Question question) {
        InetAddress address;
        try {
            Optional<String> fault = guard.fault(question.endpoint());
            Optional<InetAddress> allowed = fault.isPresent() ? Optional.empty() : guard.addressOf(question.endpoint());
            if (allowed.isEmpty()) {
                return new Broken("internal_address", false);
            }
            address = allowed.get();
        } catch (UnknownHostException _) {
            return new Busy("unreachable", Duration.ZERO, false);
        }
        String ability = question.endpoint() + " " + question.model();
        Format format = formats.getOrDefault(ability, Format.SCHEMA);
        while (true) {
            HttpExchange.Result result =
                    exchange.post(completions(question.endpoint()), address, question.apiKey(), body(question, format));
            if (format != Format.TEXT && isFormatUnknown(result)) {
                format = format.simpler();
                if (formats.size() < MAX_REMEMBERED) {
                    formats.put(ability, format);
                }
                continue;
            }
            return reply(result, question.model());
        }
    }

    private static URI completions(URI base) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/chat/completions");
    }

    private static Buffer body(Question question, Format format) {
        ObjectNode root = JSON.createObjectNode();
        root.put("model", question.model());
        ArrayNode messages = root.putArray("messages");
        question.messages()
                .forEach(message ->
                        messages.addObject().put("role", message.role()).put("content", message.content()));
        root.put("temperature", 0);
        root.put("max_tokens", question.maxOutputTokens());
        switch (format) {
            case SCHEMA -> {
                ObjectNode schema = root.putObject("response_format")
                        .put("type", "json_schema")
                        .putObject("json_schema")
                        .put("name", "verdict")
                        .put("strict", true);
                schema.set("schema", tree(Verdict.SCHEMA));
            }
            case OBJECT -> root.putObject("response_format").put("type", "json_object");
            case TEXT -> {
                // nothing to ask for
            }
        }
        return Buffer.buffer(root.toString());
    }

    private static boolean isFormatUnknown(HttpExchange.Result result) {
        return result instanceof HttpExchange.Result.Response response
                && (response.status() == 400 || response.status() == 422)
                && (response.body().contains("response_format")
                        || response.body().contains("json_schema")
                        || response.body().contains("json_object"));
    }

    private Reply reply(HttpExchange.Result result, String asked) {
        return switch (result) {
            case HttpExchange.Result.Lost(String reason, boolean wasSent) -> new Busy(reason, Duration.ZERO, wasSent);
            case HttpExchange.Result.TooLarge _ -> new Broken("too_large", true);
            case HttpExchange.Result.Response(int status, String body, String retryAfter) ->
                reply(status, body, retryAfter, asked);
        };
    }

    private Reply reply(int status, String body, String retryAfter, String asked) {
        if (status == 200) {
            return answer(body, asked);
        }
        return switch (status) {
            case 429 -> new Busy("rate_limited", RetryAfter.parse(retryAfter, clock.instant()), false);
            case 401, 403 -> new Broken("unauthorized", false);
            case 408, 409, 425 -> new Busy("endpoint_error", RetryAfter.parse(retryAfter, clock.instant()), false);
            default ->
                status >= 500
                        ? new Busy("endpoint_error", RetryAfter.parse(retryAfter, clock.instant()), false)
                        : new Broken("refused_by_endpoint", false);
        };
    }

    private static Reply answer(String body, String asked) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException _) {
            return new Broken("not_the_protocol", true);
        }
        JsonNode message = root.path("choices").path(0).path("message");
        if (!message.isObject()) {
            return new Broken("not_the_protocol", true);
        }
        String model = root.path("model").asText("");
        return new Answered(content(message), model.isEmpty() ? asked : model, usage(root.path("usage")));
    }

    /** Text, or the text parts of a list; the arguments of a tool call where an endpoint answers that way. */
    private static String content(JsonNode message) {
        JsonNode content = message.path("content");
        if (content.isTextual() && !content.textValue().isEmpty()) {
            return content.textValue();
        }
        if (content.isArray()) {
            StringBuilder text = new StringBuilder();
            content.forEach(part -> text.append(part.path("text").asText("")));
            return text.toString();
        }
        return message.path("tool_calls")
                .path(0)
                .path("function")
                .path("arguments")
                .asText("");
    }

    private static @Nullable Usage usage(JsonNode usage) {
        JsonNode input = usage.path("prompt_tokens");
        JsonNode output = usage.path("completion_tokens");
        boolean isThere = input.canConvertToLong() && output.canConvertToLong();
        return isThere && input.longValue() >= 0 && output.longValue() >= 0
                ? new Usage(input.longValue(), output.longValue())
                : null;
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema of verdicts is not JSON", e);
        }
    }
}
