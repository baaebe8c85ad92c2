package io.pentameter.aggregation.sink;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which records one insert holds: a range of offsets of each of some partitions.
 *
 * <p>Its text is journaled in the log before the insert, and is the insert's deduplication token. Whoever finds it after
 * a crash can read the same records again, whether or not their partitions are its own, and repeat the same insert.
 */
record Plan(SortedMap<Source, Range> ranges) {

    /** The version of the rows' mapping: rows made by another version must not be taken for the same. */
    private static final String VERSION = "v1";

    Plan {
        ranges = Collections.unmodifiableSortedMap(new TreeMap<>(ranges));
    }

    /** Offsets, both included. */
    record Range(long first, long last) {

        Range {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("range must not be empty: %d-%d".formatted(first, last));
            }
        }

        long size() {
            return last - first + 1;
        }
    }

    /** As in {@code v1 spans.v1:0:100-199 spans.v1:3:7-7}. */
    String text() {
        return ranges.entrySet().stream()
                .map(entry -> "%s:%d:%d-%d"
                        .formatted(
                                entry.getKey().topic(),
                                entry.getKey().partition(),
                                entry.getValue().first(),
                                entry.getValue().last()))
                .collect(Collectors.joining(" ", VERSION + " ", ""));
    }

    /**
     * The plan of a text.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static Plan of(String text) {
        String[] words = text.split(" ", -1);
        if (words.length < 2 || !words[0].equals(VERSION)) {
            throw new IllegalArgumentException("not a plan of version %s: %s".formatted(VERSION, text));
        }
        TreeMap<Source, Range> ranges = new TreeMap<>();
        for (int i = 1; i < words.length; i++) {
            String[] parts = words[i].split("[:-]", -1);
            int length = parts.length;
            if (length < 4) {
                throw new IllegalArgumentException("not a range of a plan: " + words[i]);
            }
            String offsets = parts[length - 2] + "-" + parts[length - 1];
            int partition = Integer.parseInt(parts[length - 3]);
            String topic = words[i].substring(0, words[i].length() - offsets.length() - parts[length - 3].length() - 2);
            ranges.put(
                    new Source(topic, partition),
                    new Range(Long.parseLong(parts[length - 2]), Long.parseLong(parts[length - 1])));
        }
        return new Plan(ranges);
    }

    long size() {
        return ranges.values().stream().mapToLong(Range::size).sum();
    }

    /** Ranges by source, to walk over. */
    Iterable<Map.Entry<Source, Range>> entries() {
        return ranges.entrySet();
    }
}
