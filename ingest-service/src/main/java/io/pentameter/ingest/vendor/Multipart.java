package io.pentameter.ingest.vendor;

import io.pentameter.ingest.otlp.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes {@code multipart/form-data} (RFC 7578) apart, in memory. */
public final class Multipart {

    /** Most parts of a body. */
    static final int MAX_PARTS = 200_000;

    private static final int MAX_HEAD = 8_192;
    private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]{1,70})\"|([^;,\\s]{1,70}))");
    private static final Pattern NAME = Pattern.compile("(?i)\\bname=(?:\"([^\"]*)\"|([^;\\s]*))");
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

    private final byte[] body;
    private final byte[] delimiter;

    private Multipart(byte[] body, byte[] delimiter) {
        this.body = body;
        this.delimiter = delimiter;
    }

    /** A part. Its content is a copy. */
    @SuppressWarnings("ArrayRecordComponent") // never compared; lives as long as the reading of the body
    public record Part(String name, byte[] content) {}

    /**
     * The parts in the order sent; none if the body has none.
     *
     * @throws UndecodableException if the type names no boundary, or the body does not end with it
     */
    public static List<Part> parts(String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!contentType.toLowerCase(java.util.Locale.ROOT).startsWith("multipart/form-data") || !boundary.find()) {
            throw new UndecodableException("Content-Type must be multipart/form-data with a boundary");
        }
        String word = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        return new Multipart(body, ("--" + word).getBytes(StandardCharsets.UTF_8)).parts();
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        int at = find(delimiter, 0, body.length);
        if (at < 0) {
            throw cutOff();
        }
        at += delimiter.length;
        while (!startsWith("--", at)) {
            if (!startsWith("\r\n", at) || parts.size() >= MAX_PARTS) {
                throw cutOff();
            }
            int start = at + 2;
            int headEnd = find(HEAD_END, start, Math.min(body.length, start + MAX_HEAD));
            int end = headEnd < 0 ? -1 : nextDelimiter(headEnd + 2);
            if (end < 0) {
                throw cutOff();
            }
            String head = new String(body, start, headEnd - start, StandardCharsets.UTF_8);
            parts.add(new Part(name(head), Arrays.copyOfRange(body, Math.min(end, headEnd + HEAD_END.length), end)));
            at = end + 2 + delimiter.length;
        }
        return parts;
    }

    /** Where the line break before the next delimiter is. */
    private int nextDelimiter(int from) {
        int at = from;
        while (true) {
            int found = find(delimiter, at, body.length);
            if (found < 0) {
                return -1;
            }
            if (found >= 2 && startsWith("\r\n", found - 2)) {
                return found - 2;
            }
            at = found + 1;
        }
    }

    private static String name(String head) {
        for (String line : head.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, "content-disposition:", 0, 20)) {
                Matcher name = NAME.matcher(line);
                if (name.find()) {
                    return name.group(1) == null ? name.group(2) : name.group(1);
                }
            }
        }
        return "";
    }

    private boolean startsWith(String ascii, int at) {
        return at + ascii.length() <= body.length
                && new String(body, at, ascii.length(), StandardCharsets.ISO_8859_1).equals(ascii);
    }

    private int find(byte[] wanted, int from, int to) {
        outer:
        for (int i = from; i <= to - wanted.length; i++) {
            for (int j = 0; j < wanted.length; j++) {
                if (body[i + j] != wanted[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }

    private static UndecodableException cutOff() {
        return new UndecodableException(
                "the multipart body is cut off or broken, or has more than " + MAX_PARTS + " parts");
    }
}
