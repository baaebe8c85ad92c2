package io.pentameter.aggregation.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
                "month",
                statement.by(),
                "amount_usd",
                "ledger_usd",
                "requests",
                "calls",
                "priced_calls",
                "tokens",
                "charge",
                "pool"));
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
                    String.valueOf(line.tokens()),
                    line.charge().kind().word(),
                    Objects.requireNonNullElse(line.charge().name(), "")));
            List<String> days = line.days();
            if (days != null) {
                fields.addAll(days);
            }
            fields.set(1, defused(fields.get(1)));
            fields.set(9, defused(fields.get(9)));
            append(csv, fields);
        }
        return csv.toString();
    }

    /** Not for numbers: a credit begins with a minus. */
    static String defused(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
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
