package io.pentameter.ingest.dialect;

import java.util.Arrays;

/**
 * Attributes of a span, an event or a resource, in the order sent.
 *
 * <p>Holds at most as many as its limit: when it is full, attributes that the mapping table does not know, nor begin
 * with {@code gen_ai.} or {@code pentameter.}, give way to those that do. A value is a {@link String}, {@link Long},
 * {@link Double}, {@link Boolean}, {@link JsonText} or {@link CutText}. Not thread-safe.
 */
public final class Attributes {

    private final int limit;
    private AttributeName[] names = new AttributeName[16];
    private Object[] values = new Object[16];
    private int size;
    private int dropped;
    private int evictFrom;

    /** @param limit most attributes to hold, 1 or more */
    public Attributes(int limit) {
        this.limit = limit;
    }

    public void add(AttributeName name, Object value) {
        if (size == limit) {
            dropped++;
            if (name.isPreferred()) {
                evictFor(name, value);
            }
            return;
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        names[size] = name;
        values[size++] = value;
    }

    /** Replaces the next attribute that is not preferred. The search goes on where it stopped: linear in all. */
    private void evictFor(AttributeName name, Object value) {
        while (evictFrom < size && names[evictFrom].isPreferred()) {
            evictFrom++;
        }
        if (evictFrom < size) {
            names[evictFrom] = name;
            values[evictFrom++] = value;
        }
    }

    public int size() {
        return size;
    }

    /** How many were sent beyond the limit. */
    public int dropped() {
        return dropped;
    }

    public AttributeName name(int index) {
        return names[index];
    }

    public Object value(int index) {
        return values[index];
    }

    /** Value as text: structured values as JSON, numbers as Java writes them, NaN and infinities by name. */
    public String text(int index) {
        return text(values[index]);
    }

    static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case JsonText json -> json.text();
            case CutText cut -> cut.head();
            default -> value.toString();
        };
    }

    /** Index of the first attribute with that name, or -1. */
    public int indexOf(String name) {
        for (int i = 0; i < size; i++) {
            if (names[i].text().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
