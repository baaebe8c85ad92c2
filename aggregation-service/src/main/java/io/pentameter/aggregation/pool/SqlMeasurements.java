package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.cost.SqlLedger;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures the deduplicated spans of one tenant. Remembers its answers: pools share drivers. Used for one request. */
final class SqlMeasurements implements Measurements {

    /** Rows of one answer of the engine: days, elements and what lies below them. */
    static final int MAX_ROWS = 200_000;

    private final Reads reads;
    private final String tenant;
    private final PriceBasis basis;
    private final Map<List<Object>, Map<LocalDate, SortedMap<List<String>, BigDecimal>>> metered = new HashMap<>();
    private final Map<List<Object>, Map<LocalDate, SortedMap<String, BigDecimal>>> peaks = new HashMap<>();

    SqlMeasurements(Reads reads, String tenant, PriceBasis basis) {
        this.reads = reads;
        this.tenant = tenant;
        this.basis = basis;
    }

    @Override
    public SortedMap<List<String>, Direct> direct(Days days, List<Dimension> by) {
        Bindings bindings = new Bindings();
        String sql = "SELECT " + select(by, bindings)
                + "sumIf(cost_nano, NOT usage_repeated) AS nano,"
                + " countIf((has_cost OR has_usage) AND NOT usage_repeated) AS priceable,"
                + " countIf(cost_known AND NOT usage_repeated) AS priced"
                + spans(days, bindings) + " GROUP BY " + names(by) + limit();
        SortedMap<List<String>, Direct> direct = new TreeMap<>(Paths.ORDER);
        for (Map.Entry<List<String>, Direct> entry : read(
                sql,
                bindings,
                row -> Map.entry(
                        path(row, by.size()),
                        new Direct(
                                Usd.ofNano(row.getLong("nano")), row.getLong("priceable"), row.getLong("priced"))))) {
            direct.merge(entry.getKey(), entry.getValue(), Direct::plus);
        }
        return direct;
    }

    @Override
    public Map<LocalDate, SortedMap<List<String>, BigDecimal>> metered(Days days, List<Dimension> path, Meter meter) {
        return metered.computeIfAbsent(List.of(days, path, meter), _ -> measure(days, path, meter));
    }

    @Override
    public Map<LocalDate, SortedMap<String, BigDecimal>> peaks(Days days, Dimension dimension, Meter meter) {
        return peaks.computeIfAbsent(List.of(days, dimension, meter), _ -> measurePeaks(days, dimension, meter));
    }

    private Map<LocalDate, SortedMap<List<String>, BigDecimal>> measure(Days days, List<Dimension> path, Meter meter) {
        Bindings bindings = new Bindings();
        String sql = "SELECT toString(toDate(start, 'UTC')) AS day, " + select(path, bindings) + meter.sql()
                + " AS measured" + spans(days, bindings) + " GROUP BY day, " + names(path)
                + " HAVING measured > 0" + limit();
        Map<LocalDate, SortedMap<List<String>, BigDecimal>> byDay = new HashMap<>();
        for (Measured one : read(sql, bindings, row -> measured(row, path.size(), meter))) {
            byDay.computeIfAbsent(one.day(), _ -> new TreeMap<>(Paths.ORDER))
                    .merge(one.path(), one.quantity(), BigDecimal::add);
        }
        return byDay;
    }

    private Map<LocalDate, SortedMap<String, BigDecimal>> measurePeaks(Days days, Dimension dimension, Meter meter) {
        Bindings bindings = new Bindings();
        String hours = "SELECT toString(toDate(start, 'UTC')) AS day, toStartOfHour(start) AS hour, "
                + select(List.of(dimension), bindings) + meter.sql() + " AS used" + spans(days, bindings)
                + " GROUP BY day, hour, g0";
        String sql = "SELECT day, g0, max(used) AS measured FROM (" + hours + ") GROUP BY day, g0 HAVING measured > 0"
                + limit();
        Map<LocalDate, SortedMap<String, BigDecimal>> byDay = new HashMap<>();
        for (Measured one : read(sql, bindings, row -> measured(row, 1, meter))) {
            byDay.computeIfAbsent(one.day(), _ -> new TreeMap<>())
                    .merge(one.path().getFirst(), one.quantity(), BigDecimal::add);
        }
        byDay.forEach((day, elements) -> {
            if (elements.size() > PoolDay.MAX_PEAKS) {
                throw new ProblemException(
                        ProblemKind.UNPROCESSABLE,
                        "a pool by peak is split among at most %d elements; on %s %s has %d: split it by use instead"
                                .formatted(PoolDay.MAX_PEAKS, day, dimension.word(), elements.size()));
            }
        });
        return byDay;
    }

    private <T> List<T> read(String sql, Bindings bindings, Reads.Row<T> row) {
        List<T> rows = reads.read(new TenantQuery(tenant, sql, bindings), row);
        if (rows.size() > MAX_ROWS) {
            throw new ProblemException(
                    ProblemKind.UNPROCESSABLE,
                    "the allocation has more than %d days and elements: ask for a shorter window or for a dimension of fewer values"
                            .formatted(MAX_ROWS));
        }
        return rows;
    }

    private record Measured(LocalDate day, List<String> path, BigDecimal quantity) {}

    private static Measured measured(ResultSet row, int steps, Meter meter) throws SQLException {
        return new Measured(
                LocalDate.parse(row.getString("day")), path(row, steps), meter.quantity(row.getLong("measured")));
    }

    private static List<String> path(ResultSet row, int steps) throws SQLException {
        List<String> path = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            path.add(row.getString("g" + i));
        }
        return List.copyOf(path);
    }

    private static String select(List<Dimension> path, Bindings bindings) {
        return IntStream.range(0, path.size())
                .mapToObj(i -> "toString(" + path.get(i).sql(bindings) + ") AS g" + i + ", ")
                .collect(Collectors.joining());
    }

    private static String names(List<Dimension> path) {
        return IntStream.range(0, path.size()).mapToObj(i -> "g" + i).collect(Collectors.joining(", "));
    }

    private String spans(Days days, Bindings bindings) {
        Window window = new Window(
                days.from().atStartOfDay(ZoneOffset.UTC).toInstant(),
                days.to().atStartOfDay(ZoneOffset.UTC).toInstant());
        return " " + SqlLedger.of(reads, tenant, window, basis).spans(window, List.of(), bindings);
    }

    private static String limit() {
        return " LIMIT " + (MAX_ROWS + 1);
    }
}
