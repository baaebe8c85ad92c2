package io.pentameter.alert.spend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Lines of {@code "value in base64",nano-dollars,calls,calls without price} after one of names, as aggregation-service writes them. */
final class SpendLines {

    private static final int COLUMNS = 4;

    private SpendLines() {}

    /** @throws IOException at the first line that is none; those before have been told of */
    static void read(InputStream lines, SpendSource.Listener listener) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(lines, StandardCharsets.US_ASCII));
        if (reader.readLine() == null) {
            throw new IOException("the list of spending has no line of names");
        }
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            String[] columns = line.split(",", -1);
            if (columns.length != COLUMNS) {
                throw new IOException(
                        "a line of the list of spending has %d columns, not %d".formatted(columns.length, COLUMNS));
            }
            try {
                listener.spent(
                        new String(Base64.getDecoder().decode(columns[0].replace("\"", "")), StandardCharsets.UTF_8),
                        Long.parseLong(columns[1]),
                        Long.parseLong(columns[2]),
                        Long.parseLong(columns[3]));
            } catch (IllegalArgumentException e) { // of Base64 and of numbers
                throw new IOException("a line of the list of spending cannot be read", e);
            }
        }
    }
}
