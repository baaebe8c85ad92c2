package io.pentameter.alert.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A notice as blocks of Slack.
 *
 * <p>The limits are Slack's: 150 characters in a header, 3000 in a text, 2000 in each of at most 10 fields. In mrkdwn
 * {@code & < >} must be escaped, or a name could become a link or a mention.
 */
final class SlackMessage {

    static final int MAX_HEADER = 150;
    static final int MAX_TEXT = 3_000;
    static final int MAX_FIELD = 2_000;

    private SlackMessage() {}

    static String of(Notice notice) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        String headline = headline(notice);
        body.put("text", escaped(headline, MAX_TEXT));
        ArrayNode blocks = body.putArray("blocks");
        ObjectNode header = blocks.addObject().put("type", "header");
        header.putObject("text").put("type", "plain_text").put("text", cut(headline, MAX_HEADER));
        ObjectNode figures = blocks.addObject().put("type", "section");
        ArrayNode fields = figures.putArray("fields");
        fields(notice)
                .forEach((label, value) -> fields.addObject()
                        .put("type", "mrkdwn")
                        .put("text", "*%s*\n%s".formatted(label, escaped(value, MAX_FIELD - label.length() - 3))));
        if (notice.kind() != Notice.Kind.RESOLVED && !notice.rule().runbook().isBlank()) {
            ObjectNode runbook = blocks.addObject().put("type", "section");
            runbook.putObject("text")
                    .put("type", "mrkdwn")
                    .put("text", escaped(notice.rule().runbook(), MAX_TEXT));
        }
        ObjectNode context = blocks.addObject().put("type", "context");
        context.putArray("elements")
                .addObject()
                .put("type", "mrkdwn")
                .put("text", escaped(notice.at() + " · " + notice.alert().link(), MAX_FIELD));
        return body.toString();
    }

    private static String headline(Notice notice) {
        String word = switch (notice.kind()) {
            case FIRING -> notice.rule().severity().toUpperCase(Locale.ROOT);
            case RESOLVED -> "RESOLVED";
            case TEST -> "TEST";
        };
        String group = group(notice);
        return "%s: %s%s".formatted(word, notice.rule().name(), group.isEmpty() ? "" : " (" + group + ")");
    }

    private static Map<String, String> fields(Notice notice) {
        Map<String, String> fields = new java.util.LinkedHashMap<>();
        Notice.Figures figures = notice.figures();
        fields.put("Value", "%s %s".formatted(figures.measure(), figures.value().toPlainString()));
        fields.put("Condition", notice.rule().condition());
        fields.put(
                "Rests on",
                "%d %s in %s"
                        .formatted(
                                figures.sample(),
                                figures.sampleOf(),
                                notice.rule().window()));
        if (!group(notice).isEmpty()) {
            fields.put("Group", group(notice));
        }
        if (!notice.rule().owner().isBlank()) {
            fields.put("Owner", notice.rule().owner());
        }
        String resolution = notice.alert().resolution();
        if (resolution != null) {
            fields.put("Resolved because", resolution.replace('_', ' '));
        }
        return fields;
    }

    private static String group(Notice notice) {
        return new TreeMap<>(notice.alert().group())
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** Escapes and then cuts, never within an entity. */
    static String escaped(String text, int max) {
        StringBuilder escaped = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            String piece = switch (point) {
                case '&' -> "&amp;";
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                default -> Character.toString(point);
            };
            boolean isLast = at + Character.charCount(point) >= text.length();
            if (escaped.length() + piece.length() > (isLast ? max : max - 1)) {
                return escaped.append('…').toString();
            }
            escaped.append(piece);
            at += Character.charCount(point);
        }
        return escaped.toString();
    }

    private static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
        return text.substring(0, end) + "…";
    }
}
