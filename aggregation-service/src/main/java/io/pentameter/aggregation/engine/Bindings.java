package io.pentameter.aggregation.engine;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Values for the placeholders {@code {name:Type}} of a query; the engine puts them in, so that no value is ever part of the
 * SQL text; but for long lists, as digits ({@link #longNumbers}, {@link #longTexts}).
 *
 * <p>{@link #text} and its like return the placeholder, to be written into the query. Not thread-safe.
 */
public final class Bindings {

    /** Characters of a list that travels as a parameter: some ten such lists fit one address, whatever has to be escaped in them. */
    private static final int LONG_LIST = 20_000;

    private final Map<String, String> values = new LinkedHashMap<>();

    public String text(String value) {
        return bind(escaped(value), "String");
    }

    /** A list for {@code IN}: one that is too long for an address stands in the query itself. */
    public String texts(Collection<String> texts) {
        String list = texts.stream().map(text -> "'" + quoted(text) + "'").collect(Collectors.joining(",", "[", "]"));
        return list.length() > LONG_LIST ? longTexts(texts) : bind(list, "Array(String)");
    }

    public String number(long value) {
        return bind(Long.toString(value), "Int64");
    }

    /**
     * Whole numbers as a list in the query itself. A parameter travels in the address of a request, of which the engine takes a
     * megabyte at most, and 128 KiB of one parameter; digits can be nothing but numbers.
     */
    public static String longNumbers(Collection<Long> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(",", "CAST([", "], 'Array(Int64)')"));
    }

    /** Texts as a list in the query itself, for the same reason: as hexadecimal digits, which can be nothing but texts. */
    public static String longTexts(Collection<String> texts) {
        return texts.stream()
                .map(text -> "'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)) + "'")
                .collect(Collectors.joining(",", "arrayMap(digits -> unhex(digits), CAST([", "], 'Array(String)'))"));
    }

    public String decimal(BigDecimal value) {
        return bind(value.toPlainString(), "Float64");
    }

    /** A point in time with nanoseconds. */
    public String instant(Instant value) {
        long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, value);
        return "fromUnixTimestamp64Nano(" + number(nanos) + ", 'UTC')";
    }

    /** A point in time in whole seconds; a fraction is cut off. */
    public String second(Instant value) {
        return "toDateTime(" + number(value.getEpochSecond()) + ", 'UTC')";
    }

    /** Bytes from hexadecimal digits. */
    public String hex(String digits) {
        return "unhex(" + text(digits) + ")";
    }

    /** Name without {@code param_} to value, escaped as the engine's HTTP interface wants it. */
    Map<String, String> values() {
        return Map.copyOf(values);
    }

    private String bind(String value, String type) {
        String name = "p" + values.size();
        values.put(name, value);
        return "{" + name + ":" + type + "}";
    }

    /** Parameters are read as a field of a tab-separated line. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    /** Within a list the texts are quoted, and the list is not escaped again. */
    private static String quoted(String text) {
        return escaped(text).replace("'", "\\'");
    }
}
