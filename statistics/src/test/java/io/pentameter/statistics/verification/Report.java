package io.pentameter.statistics.verification;

import io.pentameter.statistics.verification.Figure.Verdict;
import java.util.List;
import java.util.Locale;

/** The page that the studies fill. It holds no times or dates, so that two runs of the same code give the same bytes. */
final class Report {

    private Report() {}

    /** A study and what it measured. */
    record Entry(Study study, List<Figure> figures) {

        Entry {
            figures = List.copyOf(figures);
        }
    }

    static long different(List<Entry> entries) {
        return entries.stream()
                .flatMap(entry -> entry.figures().stream())
                .filter(figure -> figure.verdict() == Verdict.DIFFERS)
                .count();
    }

    static String markdown(List<Entry> entries, Effort effort) {
        StringBuilder page = new StringBuilder("""
                # What the statistics were measured to do

                Written by `./pentameter verify-statistics`; do not edit by hand. Every figure comes from a simulation in Java with a
                fixed seed, run against the same classes that the services call. *Error* is the Monte-Carlo standard error. A figure
                *agrees* when it lies in the accepted range, is *within noise* when it misses that range by at most three errors, and
                *differs* otherwise.

                """);
        page.append("Effort of this run: ")
                .append(effort.name().toLowerCase(Locale.ROOT))
                .append(". ");
        page.append("Figures that differ: ").append(different(entries)).append(".\n");
        String area = "";
        for (Entry entry : entries) {
            if (!entry.study().area().equals(area)) {
                area = entry.study().area();
                page.append("\n## ").append(area).append('\n');
            }
            append(page, entry);
        }
        return page.toString();
    }

    private static void append(StringBuilder page, Entry entry) {
        page.append("\n### ").append(entry.study().id()).append("\n\n");
        page.append(entry.study().shows()).append("\n\n");
        page.append("| figure | published | measured | error | accepted | verdict |\n");
        page.append("|---|---:|---:|---:|---:|---|\n");
        for (Figure figure : entry.figures()) {
            page.append("| ").append(figure.what());
            page.append(" | ").append(figure.published());
            page.append(" | ").append(number(figure.measured()));
            page.append(" | ").append(number(figure.error()));
            page.append(" | ").append(number(figure.accepted().low()));
            page.append(" … ").append(number(figure.accepted().high()));
            page.append(" | ")
                    .append(figure.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            page.append(" |\n");
        }
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        return Math.abs(value) >= 1000
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
