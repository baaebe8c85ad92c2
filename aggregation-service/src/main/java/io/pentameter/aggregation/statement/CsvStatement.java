package io.pentameter.aggregation.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A statement as CSV (RFC 4180).
 *
 * <p>A value that a spreadsheet would run as a formula, because it begins with {@code = + - @}, a tab or a line's end, gets an
 * apostrophe before it: names of customers come from outside.
 */
final class CsvStatement {

    private static final String FORMULA = "=+-@\t\r\n";
    private static final String LINE_END = "\r\n";

    private CsvStatement() {}

    static String of(Statement statement) {
        StringBuilder csv = new StringBuilder();
        List<String> names = new ArrayList<>(List.of(
                "month", statement.by(), "amount_usd", "ledger_usd", "requests", "calls", "priced_calls", "tokens"));
        boolean withDays = statement.lines().stream().anyMatch(line -> line.days() != null);
        if (withDays) {
            statement.days().forEach(day -> names.add(day.date()));
        }
        append(csv, names);
        for (Statement.Line line : statement.lines()) {
            List<String> fields = new ArrayList<>(List.of(
                    statement.month(),
                    line.label(),
                    line.amount(),
                    line.ledgerUsd(),
                    String.valueOf(line.requests()),
                    String.valueOf(line.calls()),
                    String.valueOf(line.pricedCalls()),
                    String.valueOf(line.tokens())));
            List<String> days = line.days();
            if (days != null) {
                fields.addAll(days);
            }
            append(csv, List.of(fields.get(0), defused(fields.get(1))), fields.subList(2, fields.size()));
        }
        return csv.toString();
    }

    /** Not for numbers: a credit begins with a minus. */
    static String defused(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static void append(StringBuilder csv, List<String> first, List<String> rest) {
        List<String> all = new ArrayList<>(first);
        all.addAll(rest);
        append(csv, all);
    }

    private static void append(StringBuilder csv, List<String> fields) {
        csv.append(fields.stream().map(CsvStatement::quoted).collect(Collectors.joining(",")))
                .append(LINE_END);
    }

    private static String quoted(String field) {
        boolean isPlain = field.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return isPlain ? field : "\"" + field.replace("\"", "\"\"") + "\"";
    }
}
