package io.pentameter.ingest.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.pentameter.kit.problem.Problem;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object, and notes everything that is wrong with them: pointer, value and what is allowed.
 * A wrong field reads as an absent one. Not thread-safe.
 */
public final class Form {

    /** Most characters of an id or a name. */
    public static final int MAX_ID = 200;

    private static final int MAX_ATTRIBUTES = 50;
    private static final int MAX_ATTRIBUTE_VALUE = 1000;
    private static final int MAX_SHOWN = 80;

    private final JsonNode body;
    private final String base;
    private final List<Problem.Fault> mistakes;
    private final Set<String> known = new HashSet<>();

    private Form(JsonNode body, String base, List<Problem.Fault> mistakes) {
        this.body = body;
        this.base = base;
        this.mistakes = mistakes;
    }

    /** @param base JSON pointer to the object in the request's body, empty for the body itself */
    public static Form of(JsonNode body, String base) {
        Form form = new Form(body, base, new ArrayList<>());
        if (!body.isObject()) {
            form.wrong("", "must be a JSON object: " + shown(body));
        }
        return form;
    }

    /** What was wrong so far. */
    public List<Problem.Fault> mistakes() {
        return List.copyOf(mistakes);
    }

    public boolean isGood() {
        return mistakes.isEmpty();
    }

    /** Notes a mistake of the field, or of the whole object if the field is empty. */
    public void wrong(String field, String detail) {
        mistakes.add(new Problem.Fault(base + (field.isEmpty() ? "" : "/" + field), detail));
    }

    public boolean has(String field) {
        return !isAbsent(field(field));
    }

    /** Ids of so many bytes, as hex digits, not all zero; empty if absent. */
    public ByteString hex(String field, int length, boolean isRequired) {
        JsonNode value = field(field);
        if (isAbsent(value) && !isRequired) {
            return ByteString.EMPTY;
        }
        ByteString id = value.isTextual() ? bytes(value.asText(), length) : null;
        if (id == null) {
            wrong(field, "must be " + 2 * length + " hex digits, not all zero: " + shown(value));
            return ByteString.EMPTY;
        }
        return id;
    }

    /** The text; empty if absent. */
    public String text(String field, int maxChars) {
        JsonNode value = field(field);
        if (isAbsent(value)) {
            return "";
        }
        if (!value.isTextual()) {
            wrong(field, "must be a text: " + shown(value));
            return "";
        }
        String text = value.asText();
        if (text.length() > maxChars) {
            wrong(field, "must have at most " + maxChars + " characters, but has " + text.length());
            return "";
        }
        return text;
    }

    /** The text, which must be there and not blank; empty if it is wrong. */
    public String requiredText(String field, int maxChars) {
        JsonNode value = field(field);
        if (isAbsent(value) || (value.isTextual() && value.asText().isBlank())) {
            wrong(field, "must be a text of 1 to " + maxChars + " characters: " + shown(value));
            return "";
        }
        return text(field, maxChars);
    }

    /** One of the words; empty if absent. */
    public String word(String field, Collection<String> allowed) {
        JsonNode value = field(field);
        if (isAbsent(value)) {
            return "";
        }
        if (value.isTextual() && allowed.contains(value.asText())) {
            return value.asText();
        }
        wrong(field, "must be " + either(allowed) + ": " + shown(value));
        return "";
    }

    public @Nullable Boolean flag(String field) {
        JsonNode value = field(field);
        if (isAbsent(value)) {
            return null;
        }
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        wrong(field, "must be true or false: " + shown(value));
        return null;
    }

    /** A number, or a decimal number as text, within the range, whose ends belong to it; absent if there is none. */
    public @Nullable BigDecimal number(String field, BigDecimal min, BigDecimal max) {
        JsonNode value = field(field);
        if (isAbsent(value)) {
            return null;
        }
        BigDecimal number = decimal(value);
        if (number == null || number.compareTo(min) < 0 || number.compareTo(max) > 0) {
            wrong(
                    field,
                    "must be a number from " + min.toPlainString() + " to " + max.toPlainString() + ": "
                            + shown(value));
            return null;
        }
        return number;
    }

    /**
     * A time with its offset, ISO 8601, as microseconds since the epoch; 0 if absent.
     *
     * @param maxAge   how long before now it may be
     * @param maxAhead how long after now it may be
     */
    public long timeUs(String field, long nowUs, Duration maxAge, Duration maxAhead) {
        JsonNode value = field(field);
        if (isAbsent(value)) {
            return 0;
        }
        Instant now = Instant.EPOCH.plus(nowUs, ChronoUnit.MICROS);
        Instant from = now.minus(maxAge);
        Instant to = now.plus(maxAhead);
        try {
            Instant time = OffsetDateTime.parse(value.isTextual() ? value.asText() : "")
                    .toInstant();
            if (!time.isBefore(from) && !time.isAfter(to)) {
                return ChronoUnit.MICROS.between(Instant.EPOCH, time);
            }
        } catch (DateTimeException _) {
            // named below, with what is allowed
        }
        wrong(field, "must be a time such as 2026-11-21T16:00:00Z, from " + from + " to " + to + ": " + shown(value));
        return 0;
    }

    /** The object in the field; an empty one if it is absent. */
    public Form object(String field) {
        JsonNode value = field(field);
        if (!isAbsent(value) && !value.isObject()) {
            wrong(field, "must be a JSON object: " + shown(value));
        }
        return new Form(value, base + "/" + field, mistakes);
    }

    /** An object of texts, numbers and flags, each as text; empty if absent. */
    public SortedMap<String, String> attributes(String field) {
        SortedMap<String, String> attributes = new TreeMap<>();
        JsonNode value = field(field);
        if (isAbsent(value)) {
            return attributes;
        }
        if (!value.isObject() || value.size() > MAX_ATTRIBUTES) {
            wrong(field, "must be a JSON object of at most " + MAX_ATTRIBUTES + " members: " + shown(value));
            return attributes;
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            JsonNode entry = member.getValue();
            String text = entry.isValueNode() && !entry.isNull() ? entry.asText() : null;
            if (text == null
                    || text.length() > MAX_ATTRIBUTE_VALUE
                    || member.getKey().length() > MAX_ID) {
                wrong(
                        field + "/" + escaped(member.getKey()),
                        "must be a text, a number or a flag of at most " + MAX_ATTRIBUTE_VALUE
                                + " characters, and its name have at most " + MAX_ID + ": " + shown(entry));
            } else {
                attributes.put(member.getKey(), text);
            }
        }
        return attributes;
    }

    /** Notes fields that nobody has asked for: most of them are misspelt. */
    public void refuseOthers() {
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            if (!known.contains(member.getKey())) {
                wrong(
                        escaped(member.getKey()),
                        "there is no such field; known are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private JsonNode field(String field) {
        known.add(field);
        return body.path(field);
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static @Nullable BigDecimal decimal(JsonNode value) {
        try {
            return value.isNumber()
                    ? value.decimalValue()
                    : value.isTextual() && value.asText().length() <= MAX_SHOWN ? new BigDecimal(value.asText()) : null;
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static String either(Collection<String> words) {
        List<String> all = List.copyOf(words);
        return all.size() == 1
                ? all.getFirst()
                : String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.getLast();
    }

    /** RFC 6901. */
    private static String escaped(String name) {
        String cut = name.length() <= MAX_SHOWN ? name : name.substring(0, MAX_SHOWN) + "…";
        return cut.replace("~", "~0").replace("/", "~1");
    }

    private static String shown(JsonNode value) {
        if (value.isMissingNode()) {
            return "(absent)";
        }
        String text = value.isContainerNode() ? (value.isArray() ? "(an array)" : "(an object)") : value.toString();
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }

    private static @Nullable ByteString bytes(String hex, int length) {
        if (hex.length() != 2 * length) {
            return null;
        }
        try {
            byte[] bytes = HexFormat.of().parseHex(hex);
            for (byte b : bytes) {
                if (b != 0) {
                    return UnsafeByteOperations.unsafeWrap(bytes);
                }
            }
            return null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
