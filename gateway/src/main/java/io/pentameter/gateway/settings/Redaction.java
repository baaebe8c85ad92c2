package io.pentameter.gateway.settings;

import io.pentameter.contracts.v1.RedactionPattern;
import io.pentameter.contracts.v1.RedactionRules;
import io.pentameter.kit.problem.Problem.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What is blotted out of payloads besides, or not.
 *
 * @param disabled built-in detectors that are switched off; absent means none
 * @param patterns of the tenant's own, 50 at most; absent means none
 */
record Redaction(
        @Nullable List<@Nullable String> disabled, @Nullable List<Rule> patterns) {

    static final Redaction NONE = new Redaction(List.of(), List.of());

    private static final int MAX_PATTERNS = 50;
    private static final int MAX_REGEX = 500;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    /** What the linear-time engines do not know, and what makes the others slow. */
    private static final Pattern NOT_REGULAR = Pattern.compile("\\(\\?(=|!|<=|<!|>)|\\\\[1-9]|\\\\k<|[*+?}]\\+");

    /**
     * @param name  stands in for what is blotted out; lower_snake
     * @param regex without look-around, back-references and possessive quantifiers; at most 500 characters
     */
    record Rule(@Nullable String name, @Nullable String regex) {}

    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (String name : disabled()) {
            if (!isName(name)) {
                faults.add(new Fault("/disabled", "must be names of detectors in lower_snake: " + name));
            }
        }
        if (patterns().size() > MAX_PATTERNS) {
            faults.add(new Fault(
                    "/patterns",
                    "must have at most %d: %d"
                            .formatted(MAX_PATTERNS, patterns().size())));
            return faults;
        }
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < patterns().size(); i++) {
            Rule rule = patterns().get(i);
            String pointer = "/patterns/%d".formatted(i);
            if (!isName(rule.name())) {
                faults.add(new Fault(pointer + "/name", "must be lower_snake, 1 to 40 characters: " + rule.name()));
            } else if (!seen.add(String.valueOf(rule.name()))) {
                faults.add(new Fault(pointer + "/name", "is there twice: " + rule.name()));
            }
            addRegexFaults(pointer + "/regex", rule.regex(), faults);
        }
        return faults;
    }

    private static boolean isName(@Nullable String name) {
        return name != null && NAME.matcher(name).matches();
    }

    private static void addRegexFaults(String pointer, @Nullable String regex, List<Fault> faults) {
        if (regex == null || regex.isEmpty() || regex.length() > MAX_REGEX) {
            faults.add(new Fault(pointer, "must have 1 to %d characters".formatted(MAX_REGEX)));
            return;
        }
        if (NOT_REGULAR.matcher(regex).find()) {
            faults.add(new Fault(pointer, "must have no look-around, back-reference or possessive quantifier"));
            return;
        }
        try {
            if (Pattern.compile(regex).matcher("").matches()) {
                faults.add(new Fault(pointer, "must not match the empty text"));
            }
        } catch (PatternSyntaxException e) {
            faults.add(new Fault(pointer, "is no regular expression: " + e.getDescription()));
        }
    }

    /** What the services read; only of rules without faults. */
    RedactionRules toRecord() {
        RedactionRules.Builder record = RedactionRules.newBuilder();
        disabled().forEach(name -> record.addDisabled(Objects.requireNonNull(name)));
        for (Rule rule : patterns()) {
            record.addPatterns(RedactionPattern.newBuilder()
                    .setName(Objects.requireNonNull(rule.name()))
                    .setRegex(Objects.requireNonNull(rule.regex())));
        }
        return record.build();
    }

    @Override
    public List<@Nullable String> disabled() {
        return disabled == null ? List.of() : disabled;
    }

    @Override
    public List<Rule> patterns() {
        return patterns == null ? List.of() : patterns;
    }
}
