package io.pentameter.gateway.route;

/** Tells paths that mean what they say from those that two programs may read differently. */
public final class PublicPath {

    /** Longest path that is looked at, in characters. */
    static final int MAX_LENGTH = 1024;

    private PublicPath() {}

    /**
     * Whether the path can be compared with the table as it is.
     *
     * <p>Refused are dot segments, empty segments, backslashes, semicolons (path parameters) and every escape but those
     * of characters that have no meaning in a path: the gateway and the service behind it must never disagree on where
     * a request goes.
     */
    public static boolean isPlain(String path) {
        if (path.isEmpty() || path.length() > MAX_LENGTH || path.charAt(0) != '/') {
            return false;
        }
        if (path.contains("//") || (path.length() > 1 && path.endsWith("/"))) {
            return false;
        }
        for (String segment : Route.segments(path)) {
            if (segment.equals(".") || segment.equals("..") || !isPlainSegment(segment)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlainSegment(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                if (!isHarmlessEscape(segment, i)) {
                    return false;
                }
            } else if (c <= ' ' || c >= 127 || "\\;\"<>^`{|}".indexOf(c) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHarmlessEscape(String segment, int at) {
        if (at + 2 >= segment.length()) {
            return false;
        }
        int high = Character.digit(segment.charAt(at + 1), 16);
        int low = Character.digit(segment.charAt(at + 2), 16);
        if (high < 0 || low < 0) {
            return false;
        }
        int value = high * 16 + low;
        return value >= ' ' && value != 127 && "/\\.%;?#".indexOf(value) < 0;
    }
}
