package io.pentameter.ingest.redact;

import org.jspecify.annotations.Nullable;

/**
 * Goes over a text once and asks a detector only where its mark is.
 *
 * <p>The marks are characters that are rare in plain text, so that a text without findings costs one look into a table
 * for each character. No regular expressions: the time is linear in the text, whatever is in it.
 */
final class Scanner {

    private static final byte[] MARKS = new byte[128];

    static {
        for (char c : "@-_IJbBsS2+(:=".toCharArray()) {
            MARKS[c] = 1;
        }
        for (char c = '0'; c <= '9'; c++) {
            MARKS[c] = 1;
        }
    }

    private final String text;
    private final boolean withNumbers;
    private int position;
    private int floor;

    /** @param withNumbers whether to look for personal data made of digits */
    Scanner(String text, boolean withNumbers) {
        this.text = text;
        this.withNumbers = withNumbers;
    }

    /** The next finding; absent if there is none any more. */
    @Nullable
    Hit next() {
        int length = text.length();
        while (position < length) {
            char c = text.charAt(position);
            if (c >= 128 || MARKS[c] == 0) {
                position++;
                continue;
            }
            Hit hit = at(c);
            if (hit != null && hit.from() >= floor) {
                position = hit.to();
                floor = hit.to();
                return hit;
            }
            position = Chars.isDigit(c) ? endOfDigits() : position + 1;
        }
        return null;
    }

    private @Nullable Hit at(char c) {
        int at = position;
        return switch (c) {
            case '@' -> Addresses.atSign(text, at, floor);
            case '-' -> atHyphen();
            case '_' -> atUnderscore();
            case 'I' -> Secrets.atCapitalI(text, at);
            case 'J' -> Secrets.atCapitalJ(text, at);
            case 'b', 'B' -> follows('e') ? Secrets.atBearer(text, at) : null;
            case 's', 'S' -> atS();
            case '+' -> Phones.atPlus(text, at);
            case '(' -> Phones.atBracket(text, at);
            case ':' -> atColon();
            case '=' -> atLabel();
            default -> atDigit(c);
        };
    }

    private @Nullable Hit atS() {
        if (follows('e')) {
            return Secrets.atSecretAccess(text, position);
        }
        return follows('g') ? ProviderKeys.atCapitalS(text, position) : null;
    }

    /** A secret by its name, unless it is of a kind that is known better: that one is found where it stands. */
    private @Nullable Hit atLabel() {
        Hit labelled = ProviderKeys.labelled(text, position);
        boolean isKnownBetter =
                labelled != null && new Scanner(text.substring(labelled.from(), labelled.to()), false).next() != null;
        return isKnownBetter ? null : labelled;
    }

    private @Nullable Hit atHyphen() {
        Hit hit = Secrets.atHyphen(text, position);
        return hit != null ? hit : ProviderKeys.atHyphen(text, position);
    }

    private @Nullable Hit atUnderscore() {
        Hit hit = Secrets.atUnderscore(text, position);
        return hit != null ? hit : ProviderKeys.atUnderscore(text, position);
    }

    private boolean follows(char next) {
        return position + 1 < text.length() && (text.charAt(position + 1) | 0x20) == next;
    }

    private @Nullable Hit atColon() {
        Hit secret = atLabel();
        if (secret != null) {
            return secret;
        }
        boolean isBetween = position + 1 < text.length()
                && position > 0
                && (Chars.isHex(text.charAt(position - 1)) || text.charAt(position + 1) == ':')
                && (Chars.isHex(text.charAt(position + 1)) || text.charAt(position + 1) == ':');
        return isBetween ? Addresses.ipv6(text, position, floor) : null;
    }

    private @Nullable Hit atDigit(char c) {
        Hit hit = c == '2' ? Secrets.atYa29(text, position) : null;
        if (!withNumbers) {
            return hit;
        }
        hit = hit != null ? hit : Numbers.iban(text, position);
        boolean isAfterCapital = hit == null && position > 0 && Chars.isUpper(text.charAt(position - 1));
        hit = isAfterCapital ? NationalIds.afterLetters(text, position) : hit;
        if (hit != null || !Chars.beginsWord(text, position) || isFraction()) {
            return hit;
        }
        if (isShort()) {
            return null;
        }
        hit = Addresses.ipv4(text, position);
        return hit != null ? hit : Numbers.atDigit(text, position);
    }

    /** Whether the digits are one or two and nothing follows that could belong to an address or a telephone number. */
    private boolean isShort() {
        int end = position + 1;
        if (end < text.length() && Chars.isDigit(text.charAt(end))) {
            end++;
        }
        char next = end < text.length() ? text.charAt(end) : '"';
        return !Chars.isDigit(next) && next != '.' && next != '-' && next != ' ';
    }

    /** Whether the digits go on a number: those after 3. in 3.14 or after - in 2026-11. */
    private boolean isFraction() {
        return position >= 2
                && (text.charAt(position - 1) == '.' || text.charAt(position - 1) == '-')
                && Chars.isDigit(text.charAt(position - 2));
    }

    private int endOfDigits() {
        int end = position + 1;
        while (end < text.length() && Chars.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
