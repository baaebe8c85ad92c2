package io.pentameter.ingest.dialect;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mapping table applied to the attributes of one span or resource: which attribute fills which field.
 *
 * <p>An empty text fills nothing. Of several attributes for a field the preferred one fills it; of one name given twice
 * the first.
 */
@SuppressWarnings(
        "EnumOrdinal") // the index of an array that lives as long as the reading; an EnumMap costs twice as much
public final class Reading {

    /** What {@link #count} answers where there is no number. */
    public static final long ABSENT = -1;

    /** What {@link #count} answers for a number below zero. */
    public static final long NEGATIVE = -2;

    /** Counts above this are taken for nonsense: no provider bills 10^11 units in one call. */
    private static final long MAX_COUNT = 100_000_000_000L;

    private final Attributes attributes;
    private final int[] chosen = new int[Field.COUNT];
    /** Values that are not the whole attribute's: members of JSON objects, texts without their quotes. */
    private @Nullable Object @Nullable [] parts;

    private @Nullable String @Nullable [] partNames;
    private int dialects;

    private Reading(Attributes attributes) {
        this.attributes = attributes;
    }

    public static Reading of(Attributes attributes) {
        Reading reading = new Reading(attributes);
        Arrays.fill(reading.chosen, -1);
        int[] ranks = new int[Field.COUNT];
        for (int i = 0; i < attributes.size(); i++) {
            reading.offer(i, attributes.name(i), ranks);
        }
        return reading;
    }

    private void offer(int index, AttributeName name, int[] ranks) {
        dialects |= name.dialects();
        if (!name.members().isEmpty()) {
            offerMembers(index, name, ranks);
        }
        AttributeName.Meaning[] meanings = name.meanings();
        if (meanings.length == 0 || (attributes.value(index) instanceof String text && text.isEmpty())) {
            return;
        }
        Object part = name.isJsonEncoded() ? unquoted(attributes.value(index)) : null;
        for (AttributeName.Meaning meaning : meanings) {
            choose(meaning, index, ranks, part, null);
        }
    }

    private void offerMembers(int index, AttributeName name, int[] ranks) {
        if (attributes.value(index) instanceof CutText) {
            return;
        }
        JsonMembers.read(attributes.text(index), (path, value) -> {
            List<AttributeName.Meaning> meanings = name.members().get(path);
            if (meanings != null && !value.equals("")) {
                meanings.forEach(meaning -> choose(meaning, index, ranks, value, path));
            }
        });
    }

    private void choose(
            AttributeName.Meaning meaning, int index, int[] ranks, @Nullable Object part, @Nullable String path) {
        int field = meaning.field().ordinal();
        if (chosen[field] >= 0 && meaning.rank() >= ranks[field]) {
            return;
        }
        chosen[field] = index;
        ranks[field] = meaning.rank();
        if (part != null && parts == null) {
            parts = new Object[Field.COUNT];
            partNames = new String[Field.COUNT];
        }
        if (parts != null && partNames != null) {
            parts[field] = part;
            partNames[field] = path;
        }
    }

    /** The text within the quotes of a JSON string without escapes; absent for anything else. */
    private static @Nullable Object unquoted(Object value) {
        return value instanceof String text
                        && text.length() >= 2
                        && text.charAt(0) == '"'
                        && text.indexOf('"', 1) == text.length() - 1
                        && text.indexOf('\\') < 0
                ? text.substring(1, text.length() - 1)
                : null;
    }

    private Object valueAt(int field, int index) {
        Object part = parts == null ? null : parts[field];
        return part == null ? attributes.value(index) : part;
    }

    public Attributes attributes() {
        return attributes;
    }

    /** The dialect that the span speaks, judged by its attributes. */
    public Dialect dialect() {
        return Dialect.ofBits(dialects);
    }

    public boolean has(Field field) {
        return chosen[field.ordinal()] >= 0;
    }

    /** Text of the field; absent if nothing fills it. */
    public @Nullable String text(Field field) {
        int index = chosen[field.ordinal()];
        return index < 0 ? null : Attributes.text(valueAt(field.ordinal(), index));
    }

    /** Text of the field, or of the first string if the value is an array. */
    public @Nullable String firstText(Field field) {
        int index = chosen[field.ordinal()];
        if (index < 0) {
            return null;
        }
        Object value = valueAt(field.ordinal(), index);
        return value instanceof JsonText json ? json.firstString() : Attributes.text(value);
    }

    /** Text of the field, empty if nothing fills it. */
    public String textOrEmpty(Field field) {
        String text = text(field);
        return text == null ? "" : text;
    }

    /** Name of the attribute that fills the field, with {@code #member} if a part of it does; absent if none does. */
    public @Nullable String nameOf(Field field) {
        int index = chosen[field.ordinal()];
        if (index < 0) {
            return null;
        }
        String path = partNames == null ? null : partNames[field.ordinal()];
        return path == null
                ? attributes.name(index).text()
                : attributes.name(index).text() + "#" + path;
    }

    /** Whole number of 0 or more, sent as number or as text; {@link #ABSENT} or {@link #NEGATIVE} if it is none. */
    public long count(Field field) {
        double number = number(field);
        if (Double.isNaN(number) || number > MAX_COUNT) {
            return ABSENT;
        }
        return number < 0 ? NEGATIVE : (long) number;
    }

    /** Finite number, sent as number or as text; NaN if there is none. */
    public double number(Field field) {
        int index = chosen[field.ordinal()];
        if (index < 0) {
            return Double.NaN;
        }
        double number = switch (valueAt(field.ordinal(), index)) {
            case Long whole -> whole;
            case Double fraction -> fraction;
            case String text -> Numbers.parse(text);
            default -> Double.NaN;
        };
        return Double.isInfinite(number) ? Double.NaN : number;
    }

    /** Whether the field says true; absent if it says neither true nor false. */
    public @Nullable Boolean flag(Field field) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true", "True", "1" -> Boolean.TRUE;
            case "false", "False", "0" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** Size of the field's text in UTF-8 as it was sent, in bytes; 0 if nothing fills it. */
    public long sizeOf(Field field) {
        int index = chosen[field.ordinal()];
        if (index < 0) {
            return 0;
        }
        return attributes.value(index) instanceof CutText cut ? cut.size() : Utf8.size(attributes.text(index));
    }

    /**
     * Whether a field of the record took the attribute in, or one that says the same, so that it need not be kept as
     * such.
     *
     * @param isUsageCounted whether the record has the span's tokens; where it has not, their attributes are kept
     */
    public boolean isTaken(int index, boolean isUsageCounted) {
        for (AttributeName.Meaning meaning : attributes.name(index).meanings()) {
            Field field = meaning.field();
            if (field.isKeptToo() || (field.isUsage() && !isUsageCounted)) {
                continue;
            }
            int taken = chosen[field.ordinal()];
            if (taken == index || (taken >= 0 && attributes.value(taken).equals(attributes.value(index)))) {
                return true;
            }
        }
        return false;
    }
}
