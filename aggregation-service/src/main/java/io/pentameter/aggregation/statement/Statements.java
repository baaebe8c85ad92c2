package io.pentameter.aggregation.statement;

import io.pentameter.aggregation.money.Usd;
import io.pentameter.aggregation.statement.Entries.Entry;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
     * @param entries      as {@link Entries} makes them
     * @param now          days that have not begun are left out
     * @param visibleUntil until when everything is counted; absent while that is not known
     */
    static Statement of(StatementQuery query, List<Entry> entries, Instant now, @Nullable Instant visibleUntil) {
        List<LocalDate> dates = IntStream.rangeClosed(1, query.month().lengthOfMonth())
                .mapToObj(query.month()::atDay)
                .filter(date -> !date.atStartOfDay(ZoneOffset.UTC).toInstant().isAfter(now)
                        || entries.stream().anyMatch(entry -> entry.days().containsKey(date)))
                .toList();
        List<BigDecimal> days = Cents.ofDays(dates.stream()
                .map(date ->
                        entries.stream().mapToLong(entry -> ofDay(entry, date)).sum())
                .toList());
        BigDecimal total = days.stream().reduce(new BigDecimal("0.00"), BigDecimal::add);
        List<BigDecimal> cents = Cents.ofLines(
                total, entries.stream().map(entry -> entry.sums().nano()).toList());
        List<List<BigDecimal>> matrix = query.withDays()
                ? Cents.ofLinesAndDays(
                        days,
                        dates.stream()
                                .map(date -> entries.stream()
                                        .map(entry -> ofDay(entry, date))
                                        .toList())
                                .toList())
                : List.of();
        List<Statement.Line> lines = new ArrayList<>();
        ordered(entries).forEach(i -> lines.add(line(entries.get(i), cents.get(i), ofLine(query, matrix, i))));
        SqlStatement.Sums usage = sum(entries, false);
        return new Statement(
                query.month().toString(),
                query.by().word(),
                "USD",
                visibleUntil != null && !visibleUntil.isBefore(query.window().to()),
                total.toPlainString(),
                Usd.text(usage.nano()),
                Usd.text(sum(entries, true).nano()),
                usage.calls(),
                usage.priced(),
                lines,
                IntStream.range(0, dates.size())
                        .mapToObj(i -> new Statement.Day(
                                dates.get(i).toString(), days.get(i).toPlainString()))
                        .toList(),
                query.basis(),
                visibleUntil);
    }

    /** The dearest value first, its lines together; then all others, then what belongs to nobody. */
    private static List<Integer> ordered(List<Entry> entries) {
        Map<String, Long> ofValue = new HashMap<>();
        entries.forEach(entry -> ofValue.merge(entry.key(), entry.sums().nano(), Math::addExact));
        return IntStream.range(0, entries.size())
                .boxed()
                .sorted(Comparator.comparing(
                                (Integer i) -> entries.get(i).charge().isOfNobody())
                        .thenComparing(i -> entries.get(i).values() > 1)
                        .thenComparingLong(
                                i -> -ofValue.getOrDefault(entries.get(i).key(), 0L))
                        .thenComparing(i -> entries.get(i).key()))
                .toList();
    }

    private static SqlStatement.Sums sum(List<Entry> entries, boolean isShared) {
        return entries.stream()
                .filter(entry -> (entry.charge().kind() != Charge.Kind.USAGE) == isShared)
                .map(Entry::sums)
                .reduce(SqlStatement.Sums.NONE, SqlStatement.Sums::plus);
    }

    private static long ofDay(Entry entry, LocalDate date) {
        return entry.days().getOrDefault(date, 0L);
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
                entry.charge(),
                cents.toPlainString(),
                Usd.text(sums.nano()),
                sums.requests(),
                sums.calls(),
                sums.priced(),
                sums.tokens(),
                days);
    }
}
