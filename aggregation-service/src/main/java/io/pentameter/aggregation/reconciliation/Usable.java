package io.pentameter.aggregation.reconciliation;

import io.pentameter.aggregation.invoice.Invoice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which imports of a provider can be compared in a window, and on which days.
 *
 * @param invoices whose lines count
 * @param ignored  the others that touch the window, by id, with the reason
 * @param charged  days of which charges are known
 * @param used     of these, days of which usage is known too
 * @param periods  for each charged day the shortest time in which it can be compared: itself, or the period of an import whose
 *                 lines are longer than a day
 */
record Usable(
        List<Invoice> invoices,
        Map<String, String> ignored,
        Set<LocalDate> charged,
        Set<LocalDate> used,
        Map<LocalDate, Period> periods) {

    /** @param to the day after the last */
    record Period(LocalDate from, LocalDate to) {

        String text() {
            return to.equals(from.plusDays(1)) ? from.toString() : from + "/" + to;
        }
    }

    /** Of all imports of a provider, those that count in the window. */
    static Usable of(List<Invoice> all, LocalDate from, LocalDate to) {
        List<Invoice> kept = new ArrayList<>();
        Map<String, String> ignored = new LinkedHashMap<>();
        List<Invoice> inOrder = all.stream()
                .filter(invoice -> !invoice.isWithdrawn())
                .filter(invoice -> invoice.from().isBefore(to) && from.isBefore(invoice.to()))
                .sorted(Comparator.comparing(
                                (Invoice invoice) -> !invoice.content().hasCharges())
                        .thenComparing(Invoice::importedAt)
                        .thenComparing(Invoice::id))
                .toList();
        Set<LocalDate> charged = new HashSet<>();
        Set<LocalDate> used = new HashSet<>();
        for (Invoice invoice : inOrder) {
            Set<LocalDate> days = days(invoice, from, to);
            boolean isPart = !invoice.isDaily()
                    && (invoice.from().isBefore(from) || invoice.to().isAfter(to));
            if (isPart) {
                ignored.put(invoice.id(), "has lines longer than a day and is only partly in the window");
            } else if (kept.stream().anyMatch(invoice::overlaps)) {
                ignored.put(invoice.id(), "was imported at the same time as one that has the same days");
            } else if (!invoice.content().hasCharges() && !invoice.isDaily() && !charged.containsAll(days)) {
                ignored.put(invoice.id(), "is of usage longer than a day, and not all its days have charges");
            } else {
                kept.add(invoice);
                if (invoice.content().hasCharges()) {
                    charged.addAll(days);
                }
                if (invoice.content().hasUsage()) {
                    used.addAll(days);
                }
            }
        }
        used.retainAll(charged);
        return new Usable(List.copyOf(kept), ignored, charged, used, periods(kept, charged));
    }

    private static Map<LocalDate, Period> periods(List<Invoice> kept, Set<LocalDate> charged) {
        Map<LocalDate, Period> periods = new TreeMap<>();
        charged.forEach(day -> periods.put(day, new Period(day, day.plusDays(1))));
        List<Invoice> longer = kept.stream()
                .filter(invoice -> !invoice.isDaily())
                .sorted(Comparator.comparing(Invoice::from))
                .toList();
        for (Invoice invoice : longer) {
            LocalDate begin = invoice.from();
            LocalDate end = invoice.to();
            for (LocalDate day = invoice.from(); day.isBefore(invoice.to()); day = day.plusDays(1)) {
                Period before = periods.getOrDefault(day, new Period(day, day.plusDays(1)));
                begin = before.from().isBefore(begin) ? before.from() : begin;
                end = before.to().isAfter(end) ? before.to() : end;
            }
            Period merged = new Period(begin, end);
            for (LocalDate day = begin; day.isBefore(end); day = day.plusDays(1)) {
                periods.put(day, merged);
            }
        }
        return periods;
    }

    private static Set<LocalDate> days(Invoice invoice, LocalDate from, LocalDate to) {
        Set<LocalDate> days = new HashSet<>();
        for (LocalDate day = invoice.from(); day.isBefore(invoice.to()); day = day.plusDays(1)) {
            if (!day.isBefore(from) && day.isBefore(to)) {
                days.add(day);
            }
        }
        return days;
    }
}
