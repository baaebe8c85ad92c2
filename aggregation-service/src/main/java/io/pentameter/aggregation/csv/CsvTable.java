package io.pentameter.aggregation.csv;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A table as comma-separated values, RFC 4180, its first line the names of the columns.
 *
 * <p>Line ends may be CRLF, LF or CR; a byte order mark and empty lines are passed over. A quotation mark that is not closed,
 * text behind a closed one, and a row with more or fewer fields than the header are errors: each is what a truncated file looks
 * like, and a sum over what is left would be wrong without anybody seeing it.
 */
public final class CsvTable {

    /** Characters of a field. */
    public static final int MAX_FIELD = 10_000;

    private static final int MAX_COLUMNS = 300;

    private final Map<String, Integer> columns;
    private final List<Row> rows;

    private CsvTable(Map<String, Integer> columns, List<Row> rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /** The text is not such a table; {@code row} counts from 1 at the header. */
    public static final class BadCsvException extends Exception {

        private final int row;

        BadCsvException(int row, String message) {
            super(message);
            this.row = row;
        }

        public int row() {
            return row;
        }
    }

    /**
     * Reads a table.
     *
     * @param maxRows without the header
     */
    public static CsvTable of(String text, int maxRows) throws BadCsvException {
        Reading reading = new Reading(text, maxRows);
        List<String> header = reading.next();
        while (header.size() == 1 && header.getFirst().isEmpty() && reading.hasMore()) {
            header = reading.next();
        }
        Map<String, Integer> columns = columns(header);
        List<Row> rows = new ArrayList<>();
        while (reading.hasMore()) {
            List<String> fields = reading.next();
            if (fields.size() == 1 && fields.getFirst().isEmpty()) {
                continue;
            }
            if (fields.size() != header.size()) {
                throw new BadCsvException(
                        reading.row,
                        "has %d fields where the header has %d: the file may be cut off"
                                .formatted(fields.size(), header.size()));
            }
            if (rows.size() == maxRows) {
                throw new BadCsvException(reading.row, "at most %d rows are allowed".formatted(maxRows));
            }
            rows.add(new Row(reading.row, columns, fields));
        }
        return new CsvTable(columns, rows);
    }

    /** Whether the header has the column; case does not matter. */
    public boolean has(String column) {
        return columns.containsKey(column.toLowerCase(Locale.ROOT));
    }

    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /**
     * One row.
     *
     * @param number from 1 at the header, so that it is the line that an editor shows where no field has a line end
     */
    public record Row(int number, Map<String, Integer> columns, List<String> fields) {

        public Row {
            fields = List.copyOf(fields);
        }

        /** The field without blanks around it; empty if there is no such column. */
        public String get(String column) {
            Integer at = columns.get(column.toLowerCase(Locale.ROOT));
            return at == null ? "" : fields.get(at).strip();
        }

        /** The first of the columns that is not empty; empty if all are. */
        public String first(String... names) {
            for (String name : names) {
                String value = get(name);
                if (!value.isEmpty()) {
                    return value;
                }
            }
            return "";
        }
    }

    private static Map<String, Integer> columns(List<String> header) throws BadCsvException {
        if (header.size() > MAX_COLUMNS) {
            throw new BadCsvException(1, "at most %d columns are allowed: %d".formatted(MAX_COLUMNS, header.size()));
        }
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i).strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && columns.putIfAbsent(name, i) != null) {
                throw new BadCsvException(1, "the header has the column %s twice".formatted(name));
            }
        }
        return Map.copyOf(columns);
    }

    /** A pass over the text, row by row. */
    private static final class Reading {

        private final String text;
        private final int maxRows;
        private int at;
        private int row;

        Reading(String text, int maxRows) {
            this.text = text;
            this.maxRows = maxRows;
            at = text.startsWith("\uFEFF") ? 1 : 0;
        }

        boolean hasMore() {
            return at < text.length();
        }

        List<String> next() throws BadCsvException {
            row++;
            if (row > 2 * maxRows + 10) {
                throw new BadCsvException(row, "at most %d rows are allowed".formatted(maxRows));
            }
            List<String> fields = new ArrayList<>();
            while (true) {
                fields.add(field());
                if (fields.size() > MAX_COLUMNS) {
                    throw new BadCsvException(row, "at most %d columns are allowed".formatted(MAX_COLUMNS));
                }
                if (!hasMore()) {
                    return fields;
                }
                char end = text.charAt(at++);
                if (end == ',') {
                    continue;
                }
                if (end == '\r' && hasMore() && text.charAt(at) == '\n') {
                    at++;
                }
                return fields;
            }
        }

        private String field() throws BadCsvException {
            if (hasMore() && text.charAt(at) == '"') {
                return quoted();
            }
            int begin = at;
            while (hasMore() && ",\r\n".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return limited(text.substring(begin, at));
        }

        private String quoted() throws BadCsvException {
            StringBuilder value = new StringBuilder();
            at++;
            while (hasMore()) {
                char next = text.charAt(at++);
                if (next != '"') {
                    value.append(next);
                } else if (hasMore() && text.charAt(at) == '"') {
                    value.append('"');
                    at++;
                } else if (hasMore() && ",\r\n".indexOf(text.charAt(at)) < 0) {
                    throw new BadCsvException(row, "has text behind a closing quotation mark");
                } else {
                    return limited(value.toString());
                }
            }
            throw new BadCsvException(row, "has a quotation mark that is not closed: the file may be cut off");
        }

        private String limited(String value) throws BadCsvException {
            if (value.length() > MAX_FIELD) {
                throw new BadCsvException(row, "a field may have at most %d characters".formatted(MAX_FIELD));
            }
            return value;
        }
    }
}
