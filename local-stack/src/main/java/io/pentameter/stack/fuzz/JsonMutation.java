package io.pentameter.stack.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One change of a JSON document that leaves it JSON: one value somewhere is wrong, the rest is good. */
final class JsonMutation {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEEP = 3_000;

    /** Each is put in the place of a value. */
    private static final List<String> WRONG = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1e400",
            "-1e400",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "123456789012345678901234567890",
            "0.0000000000000000000000000001",
            "\"\"",
            "\"not what you want\"",
            "\"NaN\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"2026-13-45T99:99:99Z\"",
            "\"0000-01-01T00:00:00Z\"",
            "\"+999999999-01-01T00:00:00Z\"",
            "{}",
            "[]",
            "[null]",
            "{\"\":\"\"}",
            "[[[[]]]]");

    private final SplittableRandom random;

    JsonMutation(SplittableRandom random) {
        this.random = random;
    }

    /** @param how what was done to which member */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way; never compared
    record Done(String how, byte[] body) {}

    /** A place in the document where a value stands. */
    private record Place(ContainerNode<?> parent, String name, int index) {

        void put(JsonNode value) {
            if (parent instanceof ObjectNode object) {
                object.set(name, value);
            } else if (parent instanceof ArrayNode array) {
                array.set(index, value);
            }
        }

        JsonNode value() {
            return parent instanceof ObjectNode ? parent.path(name) : parent.path(index);
        }

        @Override
        public String toString() {
            return name.isEmpty() ? "[" + index + "]" : name;
        }
    }

    Done of(byte[] body) {
        JsonNode root = parsed(body);
        List<Place> places = new ArrayList<>();
        collect(root, places);
        if (places.isEmpty()) {
            return new Done("as it was", body);
        }
        Place place = places.get(random.nextInt(places.size()));
        String how = switch (random.nextInt(6)) {
            case 0, 1, 2 -> wrong(place);
            case 3 -> nested(place);
            case 4 -> repeated(place);
            default -> renamed(place);
        };
        return new Done(how, root.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String wrong(Place place) {
        String value =
                random.nextInt(20) == 0 ? "\"" + "x".repeat(300_000) + "\"" : WRONG.get(random.nextInt(WRONG.size()));
        place.put(raw(value));
        return "%s is %s".formatted(place, value.length() > 60 ? "long text" : value);
    }

    private String nested(Place place) {
        int depth = 1 + random.nextInt(DEEP);
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        place.put(raw(open.repeat(depth) + "1" + (open.equals("[") ? "]" : "}").repeat(depth)));
        return "%s is %d deep".formatted(place, depth);
    }

    private String repeated(Place place) {
        int times = 1 + random.nextInt(300);
        if (place.parent() instanceof ArrayNode array) {
            JsonNode value = place.value();
            for (int i = 0; i < times; i++) {
                array.add(value);
            }
        } else if (place.parent() instanceof ObjectNode object) {
            for (int i = 0; i < times; i++) {
                object.set(place.name() + i, place.value());
            }
        }
        return "%s %d times more".formatted(place, times);
    }

    private String renamed(Place place) {
        if (place.parent() instanceof ObjectNode object) {
            JsonNode value = object.remove(place.name());
            if (random.nextBoolean()) {
                object.set("un\u00fcblich", value);
            }
            return place + " is missing";
        }
        place.put(raw("\"unknown-event\""));
        return place + " is of an unknown kind";
    }

    private static JsonNode raw(String json) {
        return JSON.getNodeFactory().rawValueNode(new RawValue(json));
    }

    private static void collect(JsonNode node, List<Place> places) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> {
                places.add(new Place(object, entry.getKey(), 0));
                collect(entry.getValue(), places);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                places.add(new Place(array, "", i));
                collect(array.get(i), places);
            }
        }
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("a sample is no JSON", e);
        }
    }
}
