package io.pentameter.aggregation.statement;

import io.pentameter.aggregation.cost.Keys;
import io.pentameter.aggregation.money.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes statements of what was read. */
final class Statements {

    /** Lines of a statement; the values beyond are one. */
    static final int MAX_LINES = 20_000;

    /** Lines of a statement with the days of each. */
    static final int MAX_LINES_WITH_DAYS = 1_000;

    private Statements() {}

    /**
     * @param now          days that have not begun are left out
     * @param visibleUntil until when everything is counted; absent while that is not known
     */
    static Statement of(StatementQuery query, SqlStatement.Found found, Instant now, @Nullable Instant visibleUntil) {
        List<LocalDate> dates = IntStream.rangeClosed(1, query.month().lengthOfMonth())
                .mapToObj(query.month()::atDay)
                .filter(date -> !date.atStartOfDay(ZoneOffset.UTC).toInstant().isAfter(now)
                        || found.days()
                                .containsKey(date.atStartOfDay(ZoneOffset.UTC).toInstant()))
                .toList();
        List<Entry> entries = entries(found);
        List<BigDecimal> days = Cents.ofDays(dates.stream()
                .map(date -> day(found, date).values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .toList());
        BigDecimal total = days.stream().reduce(new BigDecimal("0.00"), BigDecimal::add);
        List<BigDecimal> cents = Cents.ofLines(
                total, entries.stream().map(entry -> entry.sums().nano()).toList());
        List<List<BigDecimal>> matrix = query.withDays()
                ? Cents.ofLinesAndDays(
                        days,
                        dates.stream().map(date -> ofDay(found, entries, date)).toList())
                : List.of();
        List<Statement.Line> lines = new ArrayList<>();
        IntStream.range(0, entries.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> entries.get(i).values() > 1)
                        .thenComparingLong(i -> -entries.get(i).sums().nano())
                        .thenComparing(i -> entries.get(i).key()))
                .forEach(i -> lines.add(line(entries.get(i), cents.get(i), ofLine(query, matrix, i))));
        SqlStatement.Sums whole =
                entries.stream().map(Entry::sums).reduce(SqlStatement.Sums.NONE, SqlStatement.Sums::plus);
        return new Statement(
                query.month().toString(),
                query.by().word(),
                "USD",
                visibleUntil != null && !visibleUntil.isBefore(query.window().to()),
                total.toPlainString(),
                Usd.text(whole.nano()),
                whole.calls(),
                whole.priced(),
                lines,
                IntStream.range(0, dates.size())
                        .mapToObj(i -> new Statement.Day(
                                dates.get(i).toString(), days.get(i).toPlainString()))
                        .toList(),
                visibleUntil);
    }

    private record Entry(String key, long values, SqlStatement.Sums sums) {}

    /** In the order of the values, which is the stable id that ties of cents go by; all others last. */
    private static List<Entry> entries(SqlStatement.Found found) {
        List<Entry> entries = new ArrayList<>();
        found.lines().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(line -> entries.add(new Entry(line.getKey(), 1, line.getValue())));
        if (found.hidden() > 0) {
            entries.add(new Entry(Keys.OTHER, Math.max(2, found.hidden()), found.others()));
        }
        return entries;
    }

    private static Map<String, Long> day(SqlStatement.Found found, LocalDate date) {
        return found.days().getOrDefault(date.atStartOfDay(ZoneOffset.UTC).toInstant(), Map.of());
    }

    private static List<Long> ofDay(SqlStatement.Found found, List<Entry> entries, LocalDate date) {
        Map<String, Long> day = day(found, date);
        return entries.stream().map(entry -> day.getOrDefault(entry.key(), 0L)).toList();
    }

    private static @Nullable List<String> ofLine(StatementQuery query, List<List<BigDecimal>> matrix, int line) {
        return query.withDays()
                ? matrix.stream().map(day -> day.get(line).toPlainString()).toList()
                : null;
    }

    private static Statement.Line line(Entry entry, BigDecimal cents, @Nullable List<String> days) {
        SqlStatement.Sums sums = entry.sums();
        return new Statement.Line(
                entry.key().isEmpty() || entry.values() > 1 ? null : entry.key(),
                entry.values(),
                cents.toPlainString(),
                Usd.text(sums.nano()),
                sums.requests(),
                sums.calls(),
                sums.priced(),
                sums.tokens(),
                days);
    }
}
