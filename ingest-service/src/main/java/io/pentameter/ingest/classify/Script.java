package io.pentameter.ingest.classify;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which languages of the model a text can be in by the script that it is written in. */
@SuppressWarnings("EnumOrdinal") // the index of an array that lives as long as a call
enum Script {
    KANA("ja"),
    HAN("zh ja"),
    HANGUL("ko"),
    THAI("th"),
    GREEK("el"),
    HEBREW("he"),
    ARABIC("ar fa ur ps pa"),
    CYRILLIC("ru uk bg be mk sr kk ky mn tg tt ba ce uz"),
    DEVANAGARI("hi mr ne sa"),
    BENGALI("bn"),
    TAMIL("ta"),
    TELUGU("te"),
    KANNADA("kn"),
    MALAYALAM("ml"),
    GUJARATI("gu"),
    GURMUKHI("pa"),
    SINHALA("si"),
    GEORGIAN("ka"),
    ARMENIAN("hy"),
    /** Latin and what is not listed: every language that is not written in one of the others only. */
    OTHER("");

    private static final int COUNT = values().length;
    private static final Set<String> IN_LATIN_TOO = Set.of("sr", "uz");
    private static final Set<String> NOT_LATIN = notLatin();
    private static final Map<UnicodeScript, Script> OF_UNICODE = ofUnicode();

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<String> languages;

    Script(String languages) {
        this.languages = languages.isEmpty() ? Set.of() : Set.of(languages.split(" "));
    }

    /**
     * The script of most letters; one kana makes it Japanese.
     *
     * @param end of what is looked at
     */
    static Script of(String text, int end) {
        int[] counts = new int[COUNT];
        Script most = OTHER;
        for (int i = 0; i < end; ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (!Character.isLetter(character)) {
                continue;
            }
            Script script = character < 0x250 ? OTHER : ofLetter(character);
            if (script == KANA) {
                return KANA;
            }
            counts[script.ordinal()]++;
            most = counts[script.ordinal()] > counts[most.ordinal()] ? script : most;
        }
        return most;
    }

    /** @param code ISO 639-1 */
    boolean mayBe(String code) {
        return this == OTHER ? !NOT_LATIN.contains(code) : languages.contains(code);
    }

    /** The language, if only one of the model's is written so; else empty. */
    String onlyLanguage() {
        return languages.size() == 1 ? languages.iterator().next() : "";
    }

    private static Script ofLetter(int letter) {
        return OF_UNICODE.getOrDefault(UnicodeScript.of(letter), OTHER);
    }

    private static Map<UnicodeScript, Script> ofUnicode() {
        Map<UnicodeScript, Script> scripts = new EnumMap<>(UnicodeScript.class);
        scripts.put(UnicodeScript.HIRAGANA, KANA);
        scripts.put(UnicodeScript.KATAKANA, KANA);
        for (Script script : values()) {
            if (script != KANA && script != OTHER) {
                scripts.put(UnicodeScript.valueOf(script.name()), script);
            }
        }
        return scripts;
    }

    private static Set<String> notLatin() {
        Set<String> all = new HashSet<>();
        for (Script script : values()) {
            all.addAll(script.languages);
        }
        all.removeAll(IN_LATIN_TOO);
        return Set.copyOf(all);
    }
}
