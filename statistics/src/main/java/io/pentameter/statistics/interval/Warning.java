package io.pentameter.statistics.interval;

import java.util.Objects;

/**
 * Something that a reader of an estimate must know.
 *
 * @param code     stable key in kebab-case for programs and translations, such as {@code no-data}
 * @param sentence the same for people, with the numbers that matter
 */
public record Warning(String code, String sentence) {

    public Warning {
        Objects.requireNonNull(sentence, "sentence");
        if (!code.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("code must be in kebab-case: " + code);
        }
    }

    /** No observation at all. */
    public static Warning noData() {
        return new Warning("no-data", "There is no observation; nothing is known.");
    }
}
