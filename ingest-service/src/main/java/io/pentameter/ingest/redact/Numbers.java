package io.pentameter.ingest.redact;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds personal data made of digits. Called at the first digit of a run. */
final class Numbers {

    private static final int MIN_CARD = 13;
    private static final int MAX_CARD = 19;

    /** Length of an IBAN by country: SWIFT, IBAN Registry, release 99. */
    private static final Map<String, Integer> IBAN_LENGTHS = Map.ofEntries(
            Map.entry("AD", 24),
            Map.entry("AE", 23),
            Map.entry("AL", 28),
            Map.entry("AT", 20),
            Map.entry("AZ", 28),
            Map.entry("BA", 20),
            Map.entry("BE", 16),
            Map.entry("BG", 22),
            Map.entry("BH", 22),
            Map.entry("BR", 29),
            Map.entry("CH", 21),
            Map.entry("CR", 22),
            Map.entry("CY", 28),
            Map.entry("CZ", 24),
            Map.entry("DE", 22),
            Map.entry("DK", 18),
            Map.entry("DO", 28),
            Map.entry("EE", 20),
            Map.entry("EG", 29),
            Map.entry("ES", 24),
            Map.entry("FI", 18),
            Map.entry("FO", 18),
            Map.entry("FR", 27),
            Map.entry("GB", 22),
            Map.entry("GE", 22),
            Map.entry("GI", 23),
            Map.entry("GR", 27),
            Map.entry("HR", 21),
            Map.entry("HU", 28),
            Map.entry("IE", 22),
            Map.entry("IL", 23),
            Map.entry("IS", 26),
            Map.entry("IT", 27),
            Map.entry("JO", 30),
            Map.entry("KW", 30),
            Map.entry("KZ", 20),
            Map.entry("LB", 28),
            Map.entry("LI", 21),
            Map.entry("LT", 20),
            Map.entry("LU", 20),
            Map.entry("LV", 21),
            Map.entry("MC", 27),
            Map.entry("MD", 24),
            Map.entry("ME", 22),
            Map.entry("MK", 19),
            Map.entry("MT", 31),
            Map.entry("MU", 30),
            Map.entry("NL", 18),
            Map.entry("NO", 15),
            Map.entry("PK", 24),
            Map.entry("PL", 28),
            Map.entry("PT", 25),
            Map.entry("QA", 29),
            Map.entry("RO", 24),
            Map.entry("RS", 22),
            Map.entry("SA", 24),
            Map.entry("SE", 24),
            Map.entry("SI", 19),
            Map.entry("SK", 24),
            Map.entry("SM", 27),
            Map.entry("TN", 24),
            Map.entry("TR", 26),
            Map.entry("UA", 29),
            Map.entry("VG", 24),
            Map.entry("XK", 20));

    private Numbers() {}

    /** At a digit that begins a word: SSN, another state's number, card or telephone number, in this order. */
    static @Nullable Hit atDigit(String text, int at) {
        Hit hit = ssn(text, at);
        hit = hit != null ? hit : NationalIds.atDigit(text, at);
        hit = hit != null ? hit : card(text, at);
        return hit != null ? hit : Phones.atDigit(text, at);
    }

    private static @Nullable Hit ssn(String text, int at) {
        int end = at + 11;
        if (end > text.length()
                || !fits(text, at, "ddd-dd-dddd")
                || !Chars.endsWord(text, end)
                || follows(text, end, '-')) {
            return null;
        }
        int area = Integer.parseInt(text, at, at + 3, 10);
        boolean isIssued = area != 0
                && area != 666
                && area < 900
                && !text.startsWith("00", at + 4)
                && !text.startsWith("0000", at + 7);
        return isIssued ? new Hit(Detector.SSN, at, end) : null;
    }

    private static @Nullable Hit card(String text, int at) {
        int digits = 0;
        int sum = 0;
        int[] found = new int[MAX_CARD];
        int end = at;
        int i = at;
        while (i < text.length() && digits <= MAX_CARD) {
            char c = text.charAt(i);
            if (Chars.isDigit(c)) {
                if (digits == MAX_CARD) {
                    return null;
                }
                found[digits++] = c - '0';
                end = ++i;
            } else if ((c == ' ' || c == '-')
                    && end == i
                    && i + 1 < text.length()
                    && Chars.isDigit(text.charAt(i + 1))) {
                i++;
            } else {
                break;
            }
        }
        if (digits < MIN_CARD
                || found[0] < 2
                || found[0] > 6
                || !Chars.endsWord(text, end)
                || follows(text, end, '.')) {
            return null;
        }
        for (int d = 0; d < digits; d++) {
            int value = found[digits - 1 - d];
            int doubled = d % 2 == 1 ? value * 2 : value;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0 ? new Hit(Detector.CARD, at, end) : null;
    }

    /** At the first digit of an IBAN: two capitals are before it. */
    static @Nullable Hit iban(String text, int at) {
        if (at < 2 || !Chars.isUpper(text.charAt(at - 1)) || !Chars.isUpper(text.charAt(at - 2))) {
            return null;
        }
        int from = at - 2;
        Integer length = IBAN_LENGTHS.get(text.substring(from, at));
        if (length == null || !Chars.beginsWord(text, from)) {
            return null;
        }
        int end = from;
        int count = 0;
        StringBuilder plain = new StringBuilder(length);
        while (end < text.length() && count < length) {
            char c = text.charAt(end);
            if (Chars.isDigit(c) || Chars.isUpper(c)) {
                plain.append(c);
                count++;
            } else if (c != ' ' || count % 4 != 0) {
                return null;
            }
            end++;
        }
        return count == length && Chars.endsWord(text, end) && remainder(plain) == 1
                ? new Hit(Detector.IBAN, from, end)
                : null;
    }

    /** ISO 13616: the country and check digits go to the end, letters become 10 to 35, the number modulo 97. */
    private static int remainder(StringBuilder iban) {
        int remainder = 0;
        for (int i = 0; i < iban.length(); i++) {
            int value = Character.digit(iban.charAt((i + 4) % iban.length()), 36);
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder;
    }

    /** Whether the text has digits where the pattern has d, and the pattern's own characters elsewhere. */
    static boolean fits(String text, int at, String pattern) {
        if (at + pattern.length() > text.length()) {
            return false;
        }
        for (int i = 0; i < pattern.length(); i++) {
            char wanted = pattern.charAt(i);
            char c = text.charAt(at + i);
            if (wanted == 'd' ? !Chars.isDigit(c) : c != wanted) {
                return false;
            }
        }
        return true;
    }

    static boolean follows(String text, int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }
}
