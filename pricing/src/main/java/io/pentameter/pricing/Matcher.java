package io.pentameter.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** A test of a model's or provider's name, as genai-prices writes it. */
sealed interface Matcher {

    boolean matches(String name);

    record Equal(String text) implements Matcher {
        @Override
        public boolean matches(String name) {
            return name.equals(text);
        }
    }

    record StartsWith(String text) implements Matcher {
        @Override
        public boolean matches(String name) {
            return name.startsWith(text);
        }
    }

    record EndsWith(String text) implements Matcher {
        @Override
        public boolean matches(String name) {
            return name.endsWith(text);
        }
    }

    record Contains(String text) implements Matcher {
        @Override
        public boolean matches(String name) {
            return name.contains(text);
        }
    }

    record Regex(Pattern pattern) implements Matcher {
        @Override
        public boolean matches(String name) {
            return pattern.matcher(name).find();
        }
    }

    record Any(List<Matcher> parts) implements Matcher {
        @Override
        public boolean matches(String name) {
            return parts.stream().anyMatch(part -> part.matches(name));
        }
    }

    record All(List<Matcher> parts) implements Matcher {
        @Override
        public boolean matches(String name) {
            return parts.stream().allMatch(part -> part.matches(name));
        }
    }

    /** @throws IllegalArgumentException for a kind that we do not know */
    static Matcher of(JsonNode json) {
        Map.Entry<String, JsonNode> only = json.properties().iterator().next();
        JsonNode value = only.getValue();
        return switch (only.getKey()) {
            case "equals" -> new Equal(value.asText());
            case "starts_with" -> new StartsWith(value.asText());
            case "ends_with" -> new EndsWith(value.asText());
            case "contains" -> new Contains(value.asText());
            case "regex" -> new Regex(Pattern.compile(value.asText()));
            case "or" -> new Any(parts(value));
            case "and" -> new All(parts(value));
            default -> throw new IllegalArgumentException("unknown kind of match in the price data: " + only.getKey());
        };
    }

    private static List<Matcher> parts(JsonNode json) {
        return StreamSupport.stream(json.spliterator(), false).map(Matcher::of).toList();
    }
}
