package io.pentameter.aggregation.statement;

import io.pentameter.aggregation.csv.CsvLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A statement as CSV (RFC 4180).
 *
 * <p>A value that a spreadsheet would run as a formula, because it begins with {@code = + - @}, a tab or a line's end, gets an
 * apostrophe before it: names of customers come from outside.
 */
final class CsvStatement {

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
        csv.append(CsvLine.of(names));
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
            fields.set(1, CsvLine.defused(fields.get(1)));
            fields.set(9, CsvLine.defused(fields.get(9)));
            csv.append(CsvLine.of(fields));
        }
        return csv.toString();
    }
}
