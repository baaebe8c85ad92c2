package io.pentameter.ingest.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Masks what one tenant wants masked. Immutable.
 *
 * <p>Secrets are masked always, unless the tenant has switched off a detector by name. Text that is JSON stays JSON: a
 * mask never takes part of an escape with it.
 */
public final class Redactor {

    /** Redacts with every built-in detector. */
    public static final Redactor STANDARD = new Redactor(Set.of(), List.of(), List.of());

    /** The word of what is found by a tenant's list of names. */
    public static final String NAME = "name";

    private static final String NAME_MASK = "[" + NAME + "]";

    private final EnumSet<Detector> disabled;

    /** Whether no built-in detector is left. */
    private final boolean isBlind;

    private final List<NamedPattern> patterns;
    private final Names names;

    /**
     * A pattern of the tenant.
     *
     * @param name    the mask's word
     * @param pattern RE2: linear in the text by construction
     */
    public record NamedPattern(String name, Pattern pattern) {}

    /**
     * @param disabled detectors that are not asked
     * @param names    of people, products ... that are masked where they stand as whole words, in any case
     */
    public Redactor(Set<Detector> disabled, List<NamedPattern> patterns, List<String> names) {
        this.names = names.isEmpty() ? Names.NONE : new Names(names);
        this.disabled = EnumSet.noneOf(Detector.class);
        this.disabled.addAll(disabled);
        this.isBlind = this.disabled.size() == Detector.values().length;
        this.patterns = List.copyOf(patterns);
    }

    /** The text with masks; the same object if nothing was found. Words of what was found are added to {@code found}. */
    public String redact(String text, Set<String> found) {
        return withPatterns(withNames(scanned(text, found, false), found), found);
    }

    /**
     * As {@link #redact}, for a short identifying value such as a user's id: numbers are left alone, because an id of
     * digits looks like anything.
     */
    public String redactId(String value, Set<String> found) {
        return withPatterns(withNames(scanned(value, found, true), found), found);
    }

    private String scanned(String text, Set<String> found, boolean isId) {
        if (isBlind) {
            return text;
        }
        StringBuilder masked = null;
        int done = 0;
        Scanner scanner = new Scanner(text, !isId);
        for (Hit hit = scanner.next(); hit != null; hit = scanner.next()) {
            Detector detector = hit.detector();
            boolean isWanted = !isId || detector.isSecret() || detector == Detector.EMAIL;
            if (!isWanted || disabled.contains(detector)) {
                continue;
            }
            masked = masked == null ? new StringBuilder(text.length()) : masked;
            masked.append(text, done, hit.from()).append(detector.mask());
            done = hit.to();
            found.add(detector.word());
        }
        return masked == null ? text : masked.append(text, done, text.length()).toString();
    }

    private String withNames(String text, Set<String> found) {
        if (names.isEmpty()) {
            return text;
        }
        StringBuilder masked = null;
        int done = 0;
        for (int at = 0; at < text.length(); at++) {
            int end = Names.mayBegin(text, at) ? names.endOfNameAt(text, at) : -1;
            if (end > at) {
                masked = masked == null ? new StringBuilder(text.length()) : masked;
                masked.append(text, done, at).append(NAME_MASK);
                done = end;
                at = end - 1;
                found.add(NAME);
            }
        }
        return masked == null ? text : masked.append(text, done, text.length()).toString();
    }

    private String withPatterns(String text, Set<String> found) {
        String result = text;
        for (NamedPattern named : patterns) {
            Matcher matcher = named.pattern().matcher(result);
            if (matcher.find()) {
                result = matcher.replaceAll(Matcher.quoteReplacement("[" + named.name() + "]"));
                found.add(named.name());
            }
        }
        return result;
    }
}
