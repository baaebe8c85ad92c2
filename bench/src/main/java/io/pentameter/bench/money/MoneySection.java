package io.pentameter.bench.money;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What was found, as a section of the page of results. */
final class MoneySection {

    private static final double MANY = 100e6;

    private MoneySection() {}

    static String of(List<MoneyBench.Size> sizes, String heading) {
        StringBuilder text = new StringBuilder(heading).append("""

                Spans of 30 days, made inside the engine in the product's own tables; the rollups are those that it sealed. Traces of one request and
                four calls of eight models, four traces to a session. Half of the sessions belong to any customer alike, half to few.
                The attribute `team` (40 values) is declared as an own dimension, `plan` (5 values) is not. Questions over all 30 days through the
                gateway, one after the other, 5 to 20 times each, with the engine's merges driven to their end. 100 M: where the straight line through the sizes ends, worked out, not measured.

                """);
        text.append("| milliseconds, p50 / p95 |");
        sizes.forEach(size -> text.append(" %,d M |".formatted(Math.round(size.spans() / 1e6))));
        text.append(" 100 M, p95 | aim, p95 |\n|---|")
                .append("---|".repeat(sizes.size()))
                .append("---|---|\n");
        for (MoneyQuery query : sizes.getFirst().answers().keySet()) {
            text.append("| ").append(query.title()).append(" |");
            sizes.forEach(size -> text.append(cell(size, query)));
            text.append(String.format(
                    Locale.ROOT, " %s | %d |%n", atMany(sizes, size -> millis(size, query, 95)), query.aimMillis()));
        }
        text.append("| different customers |");
        sizes.forEach(size -> text.append(String.format(Locale.ROOT, " %,d |", size.customers())));
        text.append(" | |\n| seconds to fill |");
        sizes.forEach(size -> text.append(String.format(Locale.ROOT, " %.0f |", size.fillSeconds())));
        text.append(" | |\n| seconds until sealed |");
        sizes.forEach(size -> text.append(String.format(Locale.ROOT, " %.0f |", size.sealSeconds())));
        text.append(" | |\n");
        return text.append(repricing(sizes)).toString();
    }

    private static String repricing(List<MoneyBench.Size> sizes) {
        StringBuilder text = new StringBuilder("""

                ### Repricing

                All of it under the prices in force, worked out in the background, then applied (the time until the answer) and reverted.

                | spans | changed | seconds | spans/s | applied in ms |
                |---|---|---|---|---|
                """);
        for (MoneyBench.Size size : sizes) {
            text.append(size.repricing()
                    .map(run -> String.format(
                            Locale.ROOT,
                            "| %,d | %,d | %.1f | %,.0f | %.0f |%n",
                            size.spans(),
                            run.changed(),
                            run.seconds(),
                            size.spans() / run.seconds(),
                            run.visibleSeconds() * 1e3))
                    .orElse(String.format(Locale.ROOT, "| %,d | failed | | | |%n", size.spans())));
        }
        return text.append("| 100,000,000, by the slope | | %s | | |%n"
                        .formatted(atMany(
                                sizes,
                                size -> size.repricing()
                                        .map(RepricingRun.Result::seconds)
                                        .orElse(Double.NaN))))
                .append("\nThe aim is 300 s.\n")
                .toString();
    }

    private static String cell(MoneyBench.Size size, MoneyQuery query) {
        return isAnswered(size, query)
                ? String.format(Locale.ROOT, " %.0f / %.0f |", millis(size, query, 50), millis(size, query, 95))
                : " no answer |";
    }

    private static boolean isAnswered(MoneyBench.Size size, MoneyQuery query) {
        MoneyBench.Answers answers = size.answers().get(query);
        return answers != null && answers.failure().isEmpty();
    }

    /** Not a number if there was no answer. */
    private static double millis(MoneyBench.Size size, MoneyQuery query, double percentile) {
        MoneyBench.Answers answers = size.answers().get(query);
        return answers == null || !answers.failure().isEmpty()
                ? Double.NaN
                : answers.nanos().getValueAtPercentile(percentile) / 1e6;
    }

    /** Empty where fewer than two sizes gave a figure. */
    private static String atMany(List<MoneyBench.Size> sizes, ToDoubleFunction<MoneyBench.Size> quantity) {
        List<Slope.Point> points = sizes.stream()
                .map(size -> new Slope.Point(size.spans(), quantity.applyAsDouble(size)))
                .filter(point -> !Double.isNaN(point.value()))
                .toList();
        if (points.size() < 2) {
            return "";
        }
        Slope slope = Slope.of(points);
        return slope.perUnit() > 0 ? String.format(Locale.ROOT, "%,.0f", slope.at(MANY)) : "no growth seen";
    }
}
