package io.pentameter.ingest.redact;

import org.jspecify.annotations.Nullable;

/**
 * Finds secrets by the marks that their makers gave them.
 *
 * <p>Each method is called at one character that is rare in plain text and part of the mark, and looks around it.
 */
final class Secrets {

    private static final String PEM_BEGIN = "-----BEGIN ";
    private static final String PEM_END = "-----END ";
    private static final int MAX_PEM_LABEL = 64;

    private Secrets() {}

    /** At a hyphen: {@code sk-…}, {@code pk-lf-…}, {@code xoxb-…}, {@code xapp-…}, PEM. */
    static @Nullable Hit atHyphen(String text, int at) {
        if (at >= 2 && text.charAt(at - 1) == 'k') {
            char first = text.charAt(at - 2);
            if ((first == 's' || first == 'p') && Chars.beginsWord(text, at - 2)) {
                return vendorKey(text, at - 2, first);
            }
        }
        if (at >= 4 && (text.startsWith("xox", at - 4) || text.startsWith("xapp", at - 4))) {
            int end = Chars.beginsWord(text, at - 4) ? Chars.endOfKey(text, at + 1) : at;
            if (end - at > 10) {
                return new Hit(Detector.SLACK_TOKEN, at - 4, end);
            }
        }
        return text.startsWith(PEM_BEGIN, at) ? privateKey(text, at) : null;
    }

    private static @Nullable Hit vendorKey(String text, int from, char first) {
        int end = Chars.endOfKey(text, from + 3);
        int length = end - from - 3;
        if (text.startsWith("lf-", from + 3)) {
            return length >= 11 ? new Hit(Detector.LANGFUSE_KEY, from, end) : null;
        }
        if (first != 's') {
            return null;
        }
        if (text.startsWith("ant-", from + 3)) {
            return length >= 16 ? new Hit(Detector.ANTHROPIC_KEY, from, end) : null;
        }
        boolean isRandom = false;
        for (int i = from + 3; i < end; i++) {
            isRandom |= Chars.isDigit(text.charAt(i)) || Chars.isUpper(text.charAt(i));
        }
        return length >= 20 && isRandom ? new Hit(Detector.OPENAI_KEY, from, end) : null;
    }

    private static @Nullable Hit privateKey(String text, int at) {
        int label = text.indexOf("PRIVATE KEY-----", at, Math.min(text.length(), at + MAX_PEM_LABEL));
        if (label < 0) {
            return null;
        }
        int end = text.indexOf(PEM_END, label);
        int close = end < 0 ? -1 : text.indexOf("-----", end + PEM_END.length());
        return new Hit(Detector.PRIVATE_KEY, at, close < 0 ? text.length() : close + 5);
    }

    /** At an underscore: {@code ghp_…}, {@code github_pat_…}, {@code sk_live_…}, {@code whsec_…}. */
    static @Nullable Hit atUnderscore(String text, int at) {
        if (at >= 3 && text.startsWith("gh", at - 3) && "pousr".indexOf(text.charAt(at - 1)) >= 0) {
            int end = Chars.beginsWord(text, at - 3) ? Chars.endOfKey(text, at + 1) : at;
            if (end - at > 30) {
                return new Hit(Detector.GITHUB_TOKEN, at - 3, end);
            }
        }
        if (at >= 6 && text.startsWith("github_pat_", at - 6)) {
            int end = Chars.endOfKey(text, at + 5);
            return end - at > 24 ? new Hit(Detector.GITHUB_TOKEN, at - 6, end) : null;
        }
        if (at >= 5 && text.startsWith("whsec_", at - 5)) {
            int end = at + 1;
            while (end < text.length() && Chars.isBase64(text.charAt(end))) {
                end++;
            }
            return end - at > 16 ? new Hit(Detector.STRIPE_KEY, at - 5, end) : null;
        }
        boolean isStripe = at >= 2
                && text.charAt(at - 1) == 'k'
                && (text.charAt(at - 2) == 's' || text.charAt(at - 2) == 'r')
                && (text.startsWith("live_", at + 1) || text.startsWith("test_", at + 1));
        if (isStripe && Chars.beginsWord(text, at - 2)) {
            int end = Chars.endOfKey(text, at + 6);
            return end - at > 20 ? new Hit(Detector.STRIPE_KEY, at - 2, end) : null;
        }
        return null;
    }

    /** At the capital I of {@code AKIA…} and {@code ASIA…}, or of {@code AIza…}. */
    static @Nullable Hit atCapitalI(String text, int at) {
        if (at >= 2
                && text.startsWith("A", at + 1)
                && (text.startsWith("AK", at - 2) || text.startsWith("AS", at - 2))) {
            int end = at + 2;
            while (end < text.length() && (Chars.isUpper(text.charAt(end)) || Chars.isDigit(text.charAt(end)))) {
                end++;
            }
            boolean isKey = end - at - 2 == 16 && Chars.beginsWord(text, at - 2) && Chars.endsWord(text, end);
            return isKey ? new Hit(Detector.AWS_KEY, at - 2, end) : null;
        }
        if (at >= 1 && text.startsWith("AIza", at - 1)) {
            int end = Chars.endOfKey(text, at + 3);
            return end - at - 3 >= 35 && Chars.beginsWord(text, at - 1) ? new Hit(Detector.GCP_KEY, at - 1, end) : null;
        }
        return null;
    }

    /** At the capital J of {@code eyJ…}: the Base64 of <code>{"</code>, with which each JWT begins. */
    static @Nullable Hit atCapitalJ(String text, int at) {
        if (at < 2 || !text.startsWith("ey", at - 2) || !Chars.beginsWord(text, at - 2)) {
            return null;
        }
        int header = Chars.endOfKey(text, at);
        if (header - at < 8 || header >= text.length() || text.charAt(header) != '.') {
            return null;
        }
        int payload = header + 1;
        while (payload < text.length() && Chars.isKey(text.charAt(payload))) {
            payload++;
        }
        if (payload - header < 8 || payload >= text.length() || text.charAt(payload) != '.') {
            return null;
        }
        return new Hit(Detector.JWT, at - 2, Chars.endOfKey(text, payload + 1));
    }

    /** At the first letter of "Bearer": the token after it. */
    static @Nullable Hit atBearer(String text, int at) {
        if (!text.regionMatches(true, at, "bearer ", 0, 7) || !Chars.beginsWord(text, at)) {
            return null;
        }
        int from = at + 7;
        int end = from;
        boolean isRandom = false;
        while (end < text.length() && (Chars.isBase64(text.charAt(end)) || ".~".indexOf(text.charAt(end)) >= 0)) {
            isRandom |= !Chars.isLetter(text.charAt(end));
            end++;
        }
        return end - from >= 16 && isRandom ? new Hit(Detector.BEARER_TOKEN, from, end) : null;
    }

    /** At the k of an AWS secret's name: {@code aws_secret_access_key = …}, {@code secretAccessKey":"…}. */
    static @Nullable Hit atSecretAccess(String text, int at) {
        boolean isNamed = text.regionMatches(true, at, "secret_access_key", 0, 17);
        int from = isNamed ? at + 17 : at + 15;
        if (!isNamed && !text.regionMatches(true, at, "secretaccesskey", 0, 15)) {
            return null;
        }
        while (from < text.length() && " \"'\\:=".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        int end = from;
        while (end < text.length() && Chars.isBase64(text.charAt(end))) {
            end++;
        }
        return end - from >= 40 ? new Hit(Detector.AWS_KEY, from, end) : null;
    }

    /** At the 2 of {@code ya29.…}, Google's OAuth tokens. */
    static @Nullable Hit atYa29(String text, int at) {
        if (at < 2 || !text.startsWith("ya29.", at - 2) || !Chars.beginsWord(text, at - 2)) {
            return null;
        }
        int end = Chars.endOfKey(text, at + 3);
        return end - at >= 20 ? new Hit(Detector.GCP_KEY, at - 2, end) : null;
    }
}
