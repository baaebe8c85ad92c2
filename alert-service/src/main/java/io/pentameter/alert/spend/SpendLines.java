package io.pentameter.alert.spend;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Lines of {@code "value in base64",nano-dollars,calls,calls without price} after one of names, as aggregation-service writes them.
 *
 * <p>There may be a million of them, beside which decisions are answered in milliseconds: a line leaves next to no garbage behind.
 */
final class SpendLines {

    private static final int COLUMNS = 4;
    private static final int BUFFER = 64 * 1024;

    private final InputStream in;
    private final Bytes line = new Bytes(new byte[BUFFER]);
    private final int[] commas = new int[COLUMNS];
    private int unread;
    private int filled;

    private SpendLines(InputStream in) {
        this.in = in;
    }

    /** @throws IOException at the first line that is none; those before have been told of */
    static void read(InputStream lines, SpendSource.Listener listener) throws IOException {
        SpendLines reader = new SpendLines(lines);
        if (!reader.next()) {
            throw new IOException("the list of spending has no line of names");
        }
        while (reader.next()) {
            reader.tell(listener);
        }
    }

    private void tell(SpendSource.Listener listener) throws IOException {
        int columns = 1;
        for (int i = line.from; i < line.to; i++) {
            if (line.bytes[i] == ',') {
                commas[Math.min(columns, COLUMNS) - 1] = i;
                columns++;
            }
        }
        if (columns != COLUMNS) {
            throw new IOException("a line of the list of spending has %d columns, not %d".formatted(columns, COLUMNS));
        }
        try {
            boolean isQuoted = commas[0] - line.from >= 2 && line.bytes[line.from] == '"';
            int quote = isQuoted ? 1 : 0;
            byte[] base64 = Arrays.copyOfRange(line.bytes, line.from + quote, commas[0] - quote);
            listener.spent(
                    Base64.getDecoder().decode(base64),
                    Long.parseLong(line, commas[0] + 1, commas[1], 10),
                    Long.parseLong(line, commas[1] + 1, commas[2], 10),
                    Long.parseLong(line, commas[2] + 1, line.to, 10));
        } catch (IllegalArgumentException e) { // of Base64 and of numbers
            throw new IOException("a line of the list of spending cannot be read", e);
        }
    }

    /** Goes to the next line; false at the end. */
    private boolean next() throws IOException {
        int searched = unread;
        while (true) {
            for (int i = searched; i < filled; i++) {
                if (line.bytes[i] == '\n') {
                    line.from = unread;
                    line.to = i;
                    unread = i + 1;
                    return true;
                }
            }
            int kept = filled - unread;
            if (kept == BUFFER) {
                throw new IOException("a line of the list of spending is longer than %d bytes".formatted(BUFFER));
            }
            System.arraycopy(line.bytes, unread, line.bytes, 0, kept);
            unread = 0;
            filled = kept;
            searched = kept;
            int read = in.read(line.bytes, filled, BUFFER - filled);
            if (read < 0) {
                line.from = 0;
                line.to = kept;
                unread = kept;
                return kept > 0;
            }
            filled += read;
        }
    }

    /** ASCII where it lies; positions are those of the array. */
    private static final class Bytes implements CharSequence {

        private final byte[] bytes;
        private int from;
        private int to;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int length() {
            return to;
        }

        @Override
        public char charAt(int index) {
            return (char) (bytes[index] & 0xFF);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new String(bytes, start, end - start, StandardCharsets.US_ASCII);
        }
    }
}
