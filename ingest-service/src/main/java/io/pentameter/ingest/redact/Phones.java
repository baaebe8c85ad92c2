package io.pentameter.ingest.redact;

import org.jspecify.annotations.Nullable;

/** Finds telephone numbers as people write them. Called at a digit that begins a word, a plus sign or an opening bracket. */
final class Phones {

    private static final int MIN_NATIONAL = 9;
    private static final int MAX_NATIONAL = 12;

    private Phones() {}

    /** At a digit: as written in North America, or with the 0 that leads a national number elsewhere. */
    static @Nullable Hit atDigit(String text, int at) {
        Hit hit = usPhone(text, at);
        return hit != null || text.charAt(at) != '0' ? hit : national(text, at);
    }

    /** Two to five groups, the first of two digits or more and with a 0: 030 1234567, 06 12 34 56 78, 020 7946 0958. */
    private static @Nullable Hit national(String text, int at) {
        boolean goesOn = at >= 2 && " -/.".indexOf(text.charAt(at - 1)) >= 0 && Chars.isDigit(text.charAt(at - 2));
        if (goesOn || text.startsWith("000", at)) {
            return null;
        }
        int digits = 0;
        int groups = 1;
        int group = 0;
        int first = 0;
        int end = at;
        char separator = 0;
        for (int i = at; i < text.length() && digits <= MAX_NATIONAL + 4; i++) {
            char c = text.charAt(i);
            if (Chars.isDigit(c)) {
                digits++;
                group++;
                end = i + 1;
                continue;
            }
            boolean isBetween = (c == ' ' || c == '-' || c == '/' || c == '.')
                    && end == i
                    && group >= 2
                    && i + 1 < text.length()
                    && Chars.isDigit(text.charAt(i + 1));
            if (!isBetween || (c == '.' && separator != 0 && separator != '.')) {
                break;
            }
            first = groups == 1 ? group : first;
            separator = c;
            groups++;
            group = 0;
        }
        boolean isDialled = text.startsWith("00", at);
        int most = isDialled ? MAX_NATIONAL + 4 : MAX_NATIONAL;
        boolean isNumber = digits >= MIN_NATIONAL
                && digits <= most
                && groups >= 2
                && groups <= 5
                && group >= 2
                && (first <= 5 || isDialled)
                && (separator != '.' || groups == 5)
                && Chars.endsWord(text, end)
                && !Numbers.follows(text, end, '-');
        return isNumber ? new Hit(Detector.PHONE, at, end) : null;
    }

    /** Ten digits in groups, as written in North America: 415-555-2671, 415.555.2671, 1-415-555-2671. */
    private static @Nullable Hit usPhone(String text, int at) {
        int from = at;
        if (text.startsWith("1-", at) || text.startsWith("1.", at) || text.startsWith("1 ", at)) {
            from = at + 2;
        }
        boolean fits = Numbers.fits(text, from, "ddd-ddd-dddd")
                || Numbers.fits(text, from, "ddd.ddd.dddd")
                || Numbers.fits(text, from, "ddd ddd dddd");
        boolean isNumber = fits
                && text.charAt(from) >= '2'
                && text.charAt(from + 4) >= '2'
                && Chars.endsWord(text, from + 12)
                && !Numbers.follows(text, from + 12, text.charAt(from + 3));
        return isNumber ? new Hit(Detector.PHONE, at, from + 12) : null;
    }

    /** At a plus sign: an international number, 8 to 15 digits (E.164), perhaps in groups. */
    static @Nullable Hit atPlus(String text, int at) {
        if (!Chars.beginsWord(text, at) || at + 1 >= text.length()) {
            return null;
        }
        char first = text.charAt(at + 1);
        if (first < '1' || first > '9') {
            return null;
        }
        int digits = 0;
        int end = at;
        int separators = 0;
        for (int i = at + 1; i < text.length() && separators <= 2 && digits <= 15; i++) {
            char c = text.charAt(i);
            if (Chars.isDigit(c)) {
                digits++;
                separators = 0;
                end = i + 1;
            } else if (c == ' ' || c == '-' || c == '.' || c == '(' || c == ')') {
                separators++;
            } else {
                break;
            }
        }
        return digits >= 8 && digits <= 15 && Chars.endsWord(text, end) ? new Hit(Detector.PHONE, at, end) : null;
    }

    /** At an opening bracket: (415) 555-2671. */
    static @Nullable Hit atBracket(String text, int at) {
        int rest = at + 5;
        if (!Numbers.fits(text, at, "(ddd)")) {
            return null;
        }
        int from = Numbers.follows(text, rest, ' ') ? rest + 1 : rest;
        boolean fits = Numbers.fits(text, from, "ddd-dddd")
                || Numbers.fits(text, from, "ddd.dddd")
                || Numbers.fits(text, from, "ddd dddd");
        return fits && Chars.endsWord(text, from + 8) ? new Hit(Detector.PHONE, at, from + 8) : null;
    }
}
