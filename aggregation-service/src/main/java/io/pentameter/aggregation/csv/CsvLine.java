package io.pentameter.aggregation.csv;

import java.util.List;
import java.util.stream.Collectors;

/** Lines of a file of comma-separated values (RFC 4180). */
public final class CsvLine {

    private static final String FORMULA = "=+-@\t\r\n";
    private static final String END = "\r\n";

    private CsvLine() {}

    /** The line with its end; fields are quoted where they must be. */
    public static String of(List<String> fields) {
        return fields.stream().map(CsvLine::quoted).collect(Collectors.joining(",", "", END));
    }

    /** A text that no spreadsheet takes for a formula. Not for numbers: a credit begins with a minus. */
    public static String defused(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String field) {
        boolean isPlain = field.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return isPlain ? field : "\"" + field.replace("\"", "\"\"") + "\"";
    }
}
