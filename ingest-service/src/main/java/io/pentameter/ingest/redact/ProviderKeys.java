package io.pentameter.ingest.redact;

import org.jspecify.annotations.Nullable;

/** Finds keys of further providers by the prefix that their makers gave them, and secrets by the name they stand under. */
final class ProviderKeys {

    /** Prefix up to its sign, and how many characters follow at least. */
    private record Prefix(String text, int rest) {

        /** The character before the sign. */
        char last() {
            return text.charAt(text.length() - 2);
        }
    }

    private static final Prefix[] WITH_UNDERSCORE = {
        new Prefix("hf_", 30), // Hugging Face
        new Prefix("gsk_", 40), // Groq
        new Prefix("r8_", 36), // Replicate
        new Prefix("fw_", 20), // Fireworks
        new Prefix("lsv2_", 30), // LangSmith
        new Prefix("pcsk_", 30), // Pinecone
        new Prefix("npm_", 36),
        new Prefix("glsa_", 30), // Grafana
        new Prefix("shpat_", 32), // Shopify
        new Prefix("dop_", 40), // DigitalOcean
        new Prefix("wandb_", 30),
        new Prefix("jina_", 40)
    };

    private static final Prefix[] WITH_HYPHEN = {
        new Prefix("xai-", 40),
        new Prefix("pplx-", 40), // Perplexity
        new Prefix("tvly-", 24), // Tavily
        new Prefix("nvapi-", 40), // NVIDIA
        new Prefix("glpat-", 20), // GitLab
        new Prefix("voyage-", 36)
    };

    private static final int PENTAMETER_KEY = 12 + 1 + 43;

    /** What a secret is called, without separators, in lower case. */
    private static final String[] LABELS = {
        "apikey",
        "secret",
        "secretkey",
        "password",
        "passwd",
        "pwd",
        "accesstoken",
        "authtoken",
        "refreshtoken",
        "privatekey",
        "accountkey",
        "accesskey",
        "passphrase"
    };

    private static final int MAX_LABEL = 40;
    private static final int MIN_VALUE = 8;
    private static final int MAX_VALUE = 512;

    private ProviderKeys() {}

    static @Nullable Hit atUnderscore(String text, int at) {
        Hit own = pentameter(text, at);
        return own != null ? own : prefixed(text, at, WITH_UNDERSCORE);
    }

    static @Nullable Hit atHyphen(String text, int at) {
        return prefixed(text, at, WITH_HYPHEN);
    }

    private static @Nullable Hit prefixed(String text, int at, Prefix[] prefixes) {
        char before = at > 0 ? text.charAt(at - 1) : ' ';
        for (Prefix prefix : prefixes) {
            int from = at + 1 - prefix.text().length();
            if (from >= 0
                    && prefix.last() == before
                    && text.startsWith(prefix.text(), from)
                    && Chars.beginsWord(text, from)) {
                int end = Chars.endOfKey(text, at + 1);
                return end - at - 1 >= prefix.rest() && isRandom(text, at + 1, end)
                        ? new Hit(Detector.PROVIDER_KEY, from, end)
                        : null;
            }
        }
        return null;
    }

    /** Our own: {@code pm_}, 12 characters, {@code _}, 43 characters. */
    private static @Nullable Hit pentameter(String text, int at) {
        if (at < 2 || !text.startsWith("pm_", at - 2) || !Chars.beginsWord(text, at - 2)) {
            return null;
        }
        int end = Chars.endOfKey(text, at + 1);
        boolean isKey = end - at - 1 == PENTAMETER_KEY && text.charAt(at + 13) == '_';
        return isKey ? new Hit(Detector.PENTAMETER_KEY, at - 2, end) : null;
    }

    /** SendGrid's, at its capital S: {@code SG.}, 22 characters, a dot, 43 characters. */
    static @Nullable Hit atCapitalS(String text, int at) {
        if (!text.startsWith("SG.", at) || !Chars.beginsWord(text, at)) {
            return null;
        }
        int dot = Chars.endOfKey(text, at + 3);
        int end = dot < text.length() && text.charAt(dot) == '.' ? Chars.endOfKey(text, dot + 1) : dot;
        return end - at >= 60 ? new Hit(Detector.PROVIDER_KEY, at, end) : null;
    }

    /** At a colon or an equals sign: the value behind {@code "api_key": "…"}, {@code password=…}. */
    static @Nullable Hit labelled(String text, int at) {
        if (!isLabelled(text, at)) {
            return null;
        }
        int from = at + 1;
        while (from < text.length() && " \"'\\".indexOf(text.charAt(from)) >= 0 && from - at < 8) {
            from++;
        }
        int end = from;
        while (end < text.length() && end - from < MAX_VALUE && isValue(text.charAt(end))) {
            end++;
        }
        return end - from >= MIN_VALUE && isRandom(text, from, end)
                ? new Hit(Detector.LABELLED_SECRET, from, end)
                : null;
    }

    /** Looks backwards over quotes for the last word, and compares its end with the labels. */
    private static boolean isLabelled(String text, int at) {
        int i = at - 1;
        while (i >= 0 && at - i < 6 && " \"'\\".indexOf(text.charAt(i)) >= 0) {
            i--;
        }
        if (i < 5 || !mayEndLabel(text.charAt(i - 1), text.charAt(i))) {
            return false;
        }
        StringBuilder label = new StringBuilder(MAX_LABEL);
        while (i >= 0 && label.length() < MAX_LABEL && Chars.isKey(text.charAt(i))) {
            char c = text.charAt(i--);
            if (Chars.isAlphanumeric(c)) {
                label.append((char) (Chars.isUpper(c) ? c | 0x20 : c));
            }
        }
        String word = label.reverse().toString();
        for (String known : LABELS) {
            if (word.endsWith(known)) {
                return true;
            }
        }
        return false;
    }

    /** By the last two letters of all labels: most colons end here, and those of messages too ("content", "text", "type"). */
    private static boolean mayEndLabel(char first, char second) {
        return switch (second | 0x20) {
            case 'y', 't', 'n' -> (first | 0x20) == 'e';
            case 'd' -> (first | 0x20) == 'r' || (first | 0x20) == 'w';
            case 'e' -> (first | 0x20) == 's';
            default -> false;
        };
    }

    private static boolean isValue(char c) {
        return Chars.isBase64(c) || "!#$%*.~^@?".indexOf(c) >= 0;
    }

    /** Letters and digits or signs together: no plain word. */
    private static boolean isRandom(String text, int from, int end) {
        boolean hasLetter = false;
        boolean hasOther = false;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            hasLetter |= Chars.isLetter(c);
            hasOther |= Chars.isDigit(c) || "!#$%*^@?+/".indexOf(c) >= 0;
        }
        return hasLetter && hasOther;
    }
}
