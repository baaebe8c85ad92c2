package io.pentameter.ingest.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.pentameter.contracts.v1.RedactionPattern;
import io.pentameter.contracts.v1.RedactionRules;
import io.pentameter.ingest.redact.Detector;
import io.pentameter.ingest.redact.Redactor;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A tenant's redaction rules as a redactor. The gateway checks rules when they are set; what is wrong is left out. */
final class RedactionSettings {

    static final int MAX_PATTERNS = 20;
    static final int MAX_PATTERN_LENGTH = 500;

    private RedactionSettings() {}

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
        return new Redactor(disabled, patterns);
    }

    private static Optional<Pattern> compile(String regex) {
        try {
            return Optional.of(Pattern.compile(regex));
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
    }
}
