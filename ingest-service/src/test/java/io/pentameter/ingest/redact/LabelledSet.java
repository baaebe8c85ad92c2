package io.pentameter.ingest.redact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sentences in which it is marked what must be found: {@code redaction/labelled.txt}. */
final class LabelledSet {

    /** The names that the tenant of the set has listed. */
    static final List<String> NAMES = List.of("Anna Müller", "José García", "田中", "O'Brien", "Björk");

    private static final Pattern MARK = Pattern.compile("\\{\\{([a-z_]+)\\|(.*?)}}");
    private static final Pattern MASK = Pattern.compile("\\[([a-z_]+)]");

    private LabelledSet() {}

    /**
     * @param text     without marks
     * @param expected what is in it
     */
    record Sentence(String text, List<Finding> expected) {}

    /** @param from first character of it in the sentence */
    record Finding(String kind, int from, String text) {}

    static List<Sentence> read() {
        try (InputStream in = LabelledSet.class.getResourceAsStream("/redaction/labelled.txt")) {
            if (in == null) {
                throw new IllegalStateException("the labelled set is not there");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> sentence(line.replace("·", "")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sentence sentence(String line) {
        StringBuilder text = new StringBuilder();
        List<Finding> expected = new ArrayList<>();
        Matcher mark = MARK.matcher(line);
        int done = 0;
        while (mark.find()) {
            text.append(line, done, mark.start());
            expected.add(new Finding(mark.group(1), text.length(), mark.group(2)));
            text.append(mark.group(2));
            done = mark.end();
        }
        return new Sentence(text.append(line, done, line.length()).toString(), expected);
    }

    /** What was found, told from the masks: the text between them is the original's. */
    static List<Finding> found(String text, String masked, Set<String> kinds) {
        List<Finding> found = new ArrayList<>();
        Matcher mask = MASK.matcher(masked);
        int inText = 0;
        int inMasked = 0;
        while (mask.find()) {
            if (!kinds.contains(mask.group(1))) {
                continue;
            }
            int from = inText + mask.start() - inMasked;
            inMasked = mask.end();
            int nextMask = mask.end();
            String rest = masked.substring(nextMask);
            Matcher next = MASK.matcher(rest);
            boolean hasNext = next.find() && kinds.contains(next.group(1));
            String between = hasNext ? rest.substring(0, next.start()) : rest;
            inText = hasNext ? text.indexOf(between, from + 1) : text.length() - between.length();
            found.add(new Finding(mask.group(1), from, text.substring(from, inText)));
        }
        return found;
    }
}
