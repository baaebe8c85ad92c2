package io.pentameter.gateway.settings;

import io.pentameter.contracts.v1.PayloadRule;
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
 * @param disabled   built-in detectors that are switched off; absent means none
 * @param patterns   of the tenant's own, 50 at most; absent means none
 * @param names      of people, products ... that are blotted out as whole words in any case, 1,000 at most; absent means none
 * @param payloads   what is kept of payloads by feature and field, 100 at most, the first that applies counts; absent means
 *                   as the profile says
 * @param pseudonyms hash (or absent): masked ids keep a hash; reversible: a pseudonym that can be resolved
 */
record Redaction(
        @Nullable List<@Nullable String> disabled,
        @Nullable List<Rule> patterns,
        @Nullable List<@Nullable String> names,
        @Nullable List<Payload> payloads,
        @Nullable String pseudonyms) {

    static final Redaction NONE = new Redaction(List.of(), List.of(), List.of(), List.of(), "hash");

    private static final int MAX_PATTERNS = 50;
    private static final int MAX_REGEX = 500;
    private static final int MAX_NAMES = 1000;
    private static final int MIN_NAME = 2;
    private static final int MAX_NAME = 100;
    private static final int MAX_PAYLOADS = 100;
    private static final int MAX_FEATURE = 256;
    private static final Set<String> MODES = Set.of("full", "masked", "metadata_only");
    private static final Pattern FIELD = Pattern.compile("input|output|attributes(\\..{1,256})?");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    /** What the linear-time engines do not know, and what makes the others slow. */
    private static final Pattern NOT_REGULAR = Pattern.compile("\\(\\?(=|!|<=|<!|>)|\\\\[1-9]|\\\\k<|[*+?}]\\+");

    /**
     * @param name  stands in for what is blotted out; lower_snake
     * @param regex without look-around, back-references and possessive quantifiers; at most 500 characters
     */
    record Rule(@Nullable String name, @Nullable String regex) {}

    /**
     * @param feature empty or absent for every one
     * @param field   input, output, attributes, attributes.&lt;name&gt;; empty or absent for what is payload among all of them
     * @param mode    full, masked, metadata_only
     */
    record Payload(
            @Nullable String feature,
            @Nullable String field,
            @Nullable String mode) {}

    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        addNameFaults(faults);
        addPayloadFaults(faults);
        if (!Set.of("hash", "reversible").contains(pseudonyms())) {
            faults.add(new Fault("/pseudonyms", "must be hash or reversible: " + pseudonyms()));
        }
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

    private void addNameFaults(List<Fault> faults) {
        if (names().size() > MAX_NAMES) {
            faults.add(new Fault("/names", "must have at most %d: %d".formatted(MAX_NAMES, names().size())));
            return;
        }
        for (int i = 0; i < names().size(); i++) {
            String name = names().get(i);
            int length = name == null ? 0 : name.strip().length();
            if (length < MIN_NAME || length > MAX_NAME) {
                faults.add(new Fault(
                        "/names/%d".formatted(i),
                        "must have %d to %d characters: %d".formatted(MIN_NAME, MAX_NAME, length)));
            }
        }
    }

    private void addPayloadFaults(List<Fault> faults) {
        if (payloads().size() > MAX_PAYLOADS) {
            faults.add(new Fault(
                    "/payloads",
                    "must have at most %d: %d"
                            .formatted(MAX_PAYLOADS, payloads().size())));
            return;
        }
        for (int i = 0; i < payloads().size(); i++) {
            Payload rule = payloads().get(i);
            String pointer = "/payloads/%d".formatted(i);
            String field = text(rule.field());
            if (!field.isEmpty() && !FIELD.matcher(field).matches()) {
                faults.add(new Fault(
                        pointer + "/field",
                        "must be input, output, attributes, attributes.<name> or empty: " + shown(field)));
            }
            if (text(rule.feature()).length() > MAX_FEATURE) {
                faults.add(new Fault(pointer + "/feature", "must have at most %d characters".formatted(MAX_FEATURE)));
            }
            if (!MODES.contains(text(rule.mode()))) {
                faults.add(new Fault(
                        pointer + "/mode", "must be full, masked or metadata_only: " + shown(text(rule.mode()))));
            }
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
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
        names().forEach(name -> record.addNames(Objects.requireNonNull(name).strip()));
        for (Payload rule : payloads()) {
            record.addPayloads(PayloadRule.newBuilder()
                    .setFeature(text(rule.feature()))
                    .setField(text(rule.field()))
                    .setMode(text(rule.mode())));
        }
        return record.setPseudonyms(pseudonyms()).build();
    }

    @Override
    public List<@Nullable String> disabled() {
        return disabled == null ? List.of() : disabled;
    }

    @Override
    public List<@Nullable String> names() {
        return names == null ? List.of() : names;
    }

    @Override
    public List<Payload> payloads() {
        return payloads == null ? List.of() : payloads;
    }

    @Override
    public String pseudonyms() {
        return pseudonyms == null ? "hash" : pseudonyms;
    }

    @Override
    public List<Rule> patterns() {
        return patterns == null ? List.of() : patterns;
    }
}
