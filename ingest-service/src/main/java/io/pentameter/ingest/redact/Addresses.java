package io.pentameter.ingest.redact;

import org.jspecify.annotations.Nullable;

/** Finds mail and IP addresses. */
final class Addresses {

    private static final int MAX_LOCAL_PART = 64;
    private static final int MAX_DOMAIN = 253;
    private static final int MAX_IPV6 = 39;

    private Addresses() {}

    /**
     * At an at sign.
     *
     * @param floor first character that may belong to the address: what is before it has been masked already
     */
    static @Nullable Hit atSign(String text, int at, int floor) {
        int from = at;
        while (from > floor && at - from < MAX_LOCAL_PART && isLocal(text.charAt(from - 1))) {
            from--;
        }
        from = Chars.pastEscape(text, from);
        while (from < at && text.charAt(from) == '.') {
            from++;
        }
        int end = endOfDomain(text, at + 1);
        return from < at && end > at ? new Hit(Detector.EMAIL, from, end) : null;
    }

    /** End of the last label that can be a top-level domain, two letters or more; -1 if there is none. */
    private static int endOfDomain(String text, int from) {
        int position = from;
        int end = -1;
        boolean isTopLevel = false;
        while (position < text.length() && position - from < MAX_DOMAIN && isDomain(text, position)) {
            if (text.charAt(position) == '.') {
                isTopLevel = position > from
                        && position + 2 < text.length()
                        && Chars.isLetter(text.charAt(position + 1))
                        && Chars.isLetter(text.charAt(position + 2));
            }
            position++;
            end = isTopLevel ? position : end;
        }
        return end;
    }

    private static boolean isLocal(char c) {
        return Chars.isAlphanumeric(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
    }

    /** A dot belongs to the domain only if something follows it: it may end a sentence. */
    private static boolean isDomain(String text, int at) {
        char c = text.charAt(at);
        if (c == '.' || c == '-') {
            return at + 1 < text.length() && Chars.isAlphanumeric(text.charAt(at + 1));
        }
        return Chars.isAlphanumeric(c);
    }

    /** At the first digit of a run: four numbers of 0 to 255 with dots. Versions and our own host are left alone. */
    static @Nullable Hit ipv4(String text, int at) {
        int position = at;
        for (int part = 0; part < 4; part++) {
            int start = position;
            int value = 0;
            while (position < text.length() && Chars.isDigit(text.charAt(position)) && position - start < 3) {
                value = value * 10 + text.charAt(position) - '0';
                position++;
            }
            if (position == start || value > 255) {
                return null;
            }
            if (part < 3) {
                if (position >= text.length() || text.charAt(position) != '.') {
                    return null;
                }
                position++;
            }
        }
        boolean goesOn = position + 1 < text.length()
                && text.charAt(position) == '.'
                && Chars.isDigit(text.charAt(position + 1));
        // Chrome/120.0.0.0 is a version, http://10.1.2.3 is an address
        boolean isVersion = at >= 1 && text.charAt(at - 1) == '/' && (at < 2 || text.charAt(at - 2) != '/');
        boolean isOwnHost = text.startsWith("127.", at) || text.startsWith("0.0.0.0", at);
        return goesOn || isVersion || isOwnHost || !Chars.endsWord(text, position)
                ? null
                : new Hit(Detector.IP, at, position);
    }

    /** At a colon: the address around it. */
    static @Nullable Hit ipv6(String text, int at, int floor) {
        int from = at;
        while (from > floor && at - from < MAX_IPV6 && isIpv6(text.charAt(from - 1))) {
            from--;
        }
        int end = at;
        while (end < text.length() && end - from <= MAX_IPV6 && isIpv6(text.charAt(end))) {
            end++;
        }
        boolean isWord = Chars.beginsWord(text, from) && Chars.endsWord(text, end) && end - from <= MAX_IPV6;
        return isWord && isIpv6(text, from, end) ? new Hit(Detector.IP, from, end) : null;
    }

    private static boolean isIpv6(char c) {
        return Chars.isHex(c) || c == ':';
    }

    /** Eight groups of one to four hex digits, or fewer with one {@code ::}; but neither {@code ::1} nor names in code such as {@code a::b}. */
    private static boolean isIpv6(String text, int from, int end) {
        int groups = 0;
        int gaps = 0;
        int digits = 0;
        boolean hasDecimal = false;
        for (int i = from; i < end; i++) {
            if (text.charAt(i) == ':') {
                boolean isGap = i + 1 < end && text.charAt(i + 1) == ':';
                gaps += isGap ? 1 : 0;
                digits = 0;
            } else {
                groups += digits == 0 ? 1 : 0;
                digits++;
                hasDecimal |= Chars.isDigit(text.charAt(i));
                if (digits > 4) {
                    return false;
                }
            }
        }
        boolean endsWell = text.charAt(end - 1) != ':' || text.startsWith("::", end - 2);
        boolean startsWell = text.charAt(from) != ':' || text.startsWith("::", from);
        return hasDecimal
                && endsWell
                && startsWell
                && (gaps == 0 ? groups == 8 : gaps == 1 && groups >= 2 && groups <= 7);
    }
}
