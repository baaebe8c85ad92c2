package io.pentameter.ingest.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.pentameter.contracts.v1.RedactionPattern;
import io.pentameter.contracts.v1.RedactionRules;
import io.pentameter.ingest.payload.PayloadMode;
import io.pentameter.ingest.payload.PayloadRules;
import io.pentameter.ingest.redact.Detector;
import io.pentameter.ingest.redact.Redactor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A tenant's redaction rules as a redactor. The gateway checks rules when they are set; what is wrong is left out. */
final class RedactionSettings {

    static final int MAX_PATTERNS = 50;
    static final int MAX_PATTERN_LENGTH = 500;
    static final int MAX_NAMES = 1000;
    static final int MAX_NAME = 100;
    static final int MAX_PAYLOAD_RULES = 100;

    private RedactionSettings() {}

    /** The settings with these rules in place of the former ones. */
    static TenantSettings applied(TenantSettings settings, RedactionRules rules) {
        List<PayloadRules.Rule> payloads = rules.getPayloadsList().stream()
                .limit(MAX_PAYLOAD_RULES)
                .map(rule ->
                        new PayloadRules.Rule(rule.getFeature(), rule.getField(), PayloadMode.ofWord(rule.getMode())))
                .toList();
        return settings.withRedactor(redactor(rules))
                .withPayloadRules(payloads)
                .withReversible(rules.getPseudonyms().equals("reversible"));
    }

    static Redactor redactor(RedactionRules rules) {
        Set<Detector> disabled = EnumSet.noneOf(Detector.class);
        for (Detector detector : Detector.values()) {
            if (rules.getDisabledList().contains(detector.word())) {
                disabled.add(detector);
            }
        }
        List<Redactor.NamedPattern> patterns = new ArrayList<>();
        for (RedactionPattern pattern : rules.getPatternsList()) {
            boolean isUsable = patterns.size() < MAX_PATTERNS
                    && !pattern.getRegex().isEmpty()
                    && pattern.getRegex().length() <= MAX_PATTERN_LENGTH;
            if (isUsable) {
                compile(pattern.getRegex())
                        .ifPresent(regex -> patterns.add(new Redactor.NamedPattern(pattern.getName(), regex)));
            }
        }
        List<String> names = rules.getNamesList().stream()
                .filter(name -> !name.isBlank() && name.length() <= MAX_NAME)
                .limit(MAX_NAMES)
                .toList();
        return new Redactor(disabled, patterns, names);
    }

    private static Optional<Pattern> compile(String regex) {
        try {
            return Optional.of(Pattern.compile(regex));
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
    }
}
