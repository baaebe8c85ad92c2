package io.pentameter.aggregation.reconciliation;

import io.pentameter.aggregation.invoice.InvoiceLine;
import io.pentameter.aggregation.invoice.ModelNames;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One provider's invoices against the ledger.
 *
 * <p>Compared is cell by cell: period and model, and project if that is asked for; rows are sums of cells, so that every cut adds up
 * to the same total.
 *
 * @param rows          by key
 * @param total         of all rows
 * @param ledgerOutside of days in the window of which there are no charges
 * @param unknownModels names on the invoices that no call has
 */
record Comparison(SortedMap<String, Row> rows, Row total, BigDecimal ledgerOutside, SortedSet<String> unknownModels) {

    /** By what rows are told apart. */
    enum By {
        DAY,
        MODEL,
        PROJECT;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<By> of(String word) {
            return Arrays.stream(values()).filter(by -> by.word().equals(word)).findFirst();
        }

        static List<String> words() {
            return Arrays.stream(values()).map(By::word).toList();
        }
    }

    /** @param usageKnown whether a usage report covers all of it */
    record Row(
            BigDecimal invoice,
            BigDecimal ledger,
            long calls,
            long unpriced,
            boolean usageKnown,
            Difference difference) {

        private static final Row NONE = new Row(BigDecimal.ZERO, BigDecimal.ZERO, 0, 0, true, Difference.NONE);

        Row plus(Row other) {
            return new Row(
                    invoice.add(other.invoice),
                    ledger.add(other.ledger),
                    calls + other.calls,
                    unpriced + other.unpriced,
                    usageKnown && other.usageKnown,
                    difference.plus(other.difference));
        }

        BigDecimal variance() {
            return invoice.subtract(ledger);
        }
    }

    private record Cell(Usable.Period period, String model, String project) {

        String key(By by) {
            return switch (by) {
                case DAY -> period.text();
                case MODEL -> model;
                case PROJECT -> project;
            };
        }
    }

    /**
     * Compares.
     *
     * @param lines  of the usable imports
     * @param ledger of the whole window, with projects if {@code by} is that
     */
    static Comparison of(Usable usable, List<InvoiceLine> lines, Map<SqlBooked.Cell, Booked> ledger, By by) {
        ModelNames names = new ModelNames(
                ledger.keySet().stream().map(SqlBooked.Cell::model).collect(Collectors.toSet()));
        SortedSet<String> unknown = new TreeSet<>();
        Map<Cell, Billed> billed = new HashMap<>();
        for (InvoiceLine line : lines) {
            Usable.Period period = usable.periods().get(line.from());
            if (period != null && usable.charged().contains(line.from())) {
                String model = names.find(line.model()).orElseGet(() -> {
                    unknown.add(line.model());
                    return line.model();
                });
                Cell cell = new Cell(period, model, by == By.PROJECT ? line.project() : "");
                billed.merge(cell, Billed.NOTHING.plus(line), (had, _) -> had.plus(line));
            }
        }
        Map<Cell, Booked> booked = new HashMap<>();
        BigDecimal outside = BigDecimal.ZERO;
        for (Map.Entry<SqlBooked.Cell, Booked> entry : ledger.entrySet()) {
            SqlBooked.Cell at = entry.getKey();
            Usable.Period period = usable.periods().get(at.day());
            if (period == null || !usable.charged().contains(at.day())) {
                outside = outside.add(entry.getValue().usd());
            } else {
                booked.merge(new Cell(period, at.model(), at.project()), entry.getValue(), Booked::plus);
            }
        }
        Set<Cell> cells = new HashSet<>(billed.keySet());
        cells.addAll(booked.keySet());
        SortedMap<String, Row> rows = new TreeMap<>();
        Row total = Row.NONE;
        for (Cell cell : cells) {
            Row row = row(
                    billed.getOrDefault(cell, Billed.NOTHING),
                    booked.getOrDefault(cell, Booked.NOTHING),
                    isUsed(usable, cell.period()));
            rows.merge(cell.key(by), row, Row::plus);
            total = total.plus(row);
        }
        return new Comparison(rows, total, outside, unknown);
    }

    private static Row row(Billed said, Booked booked, boolean usageKnown) {
        Billed billed =
                usageKnown ? said.withUse() : new Billed(said.usd(), said.charges(), said.bound(), Optional.empty());
        return new Row(
                billed.usd(),
                booked.usd(),
                booked.calls(),
                booked.unpriced(),
                usageKnown,
                Difference.of(billed, booked));
    }

    private static boolean isUsed(Usable usable, Usable.Period period) {
        for (LocalDate day = period.from(); day.isBefore(period.to()); day = day.plusDays(1)) {
            if (!usable.used().contains(day)) {
                return false;
            }
        }
        return true;
    }
}
