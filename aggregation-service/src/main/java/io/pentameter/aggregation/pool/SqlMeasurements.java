package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.cost.SqlLedger;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures the deduplicated spans of one tenant. Remembers its answers of the last piece: pools share drivers. Used for one request. */
final class SqlMeasurements implements Measurements, AutoCloseable {

    /** Days and paths of one piece, about, unless a day alone has more. */
    static final int PIECE = 200_000;

    /** Rows of one answer of the engine: paths of a day, that is, in the worst case. */
    static final int MAX_ROWS = 2_000_000;

    /** Names of all dimensions of one question. */
    static final int MAX_NAMES = 1 << 20;

    /** From so many names on there is one question at a time: each takes some hundred megabytes. */
    static final int LARGE = 150_000;

    private static final long SEED = new SecureRandom().nextLong();
    private static final Semaphore FREE = new Semaphore(1);

    private final Reads reads;
    private final String tenant;
    private final PriceBasis basis;
    private final int piece;
    private final Names names = new Names(MAX_NAMES, SEED);
    private boolean isLarge;
    private final Map<List<Object>, Map<LocalDate, Cells>> remembered = new HashMap<>();

    SqlMeasurements(Reads reads, String tenant, PriceBasis basis) {
        this(reads, tenant, basis, PIECE);
    }

    /** @param piece days and paths that are measured at once, about */
    SqlMeasurements(Reads reads, String tenant, PriceBasis basis, int piece) {
        this.reads = reads;
        this.tenant = tenant;
        this.basis = basis;
        this.piece = piece;
    }

    /** Lets the next large question begin. */
    @Override
    public void close() {
        if (isLarge) {
            isLarge = false;
            FREE.release();
        }
    }

    @Override
    public Names names() {
        return names;
    }

    @Override
    public void direct(Days days, List<Dimension> by, Taker taker) {
        Bindings bindings = new Bindings();
        String sql = "SELECT " + select(by, bindings)
                + "sumIf(cost_nano, NOT usage_repeated) AS nano,"
                + " countIf((has_cost OR has_usage) AND NOT usage_repeated) AS priceable,"
                + " countIf(cost_known AND NOT usage_repeated) AS priced"
                + spans(days, bindings) + " GROUP BY " + names(by);
        int[] path = new int[by.size()];
        read(sql, bindings, row -> {
            fill(path, row);
            taker.take(path, new Direct(row.getLong("nano"), row.getLong("priceable"), row.getLong("priced")));
        });
    }

    /** The number of paths of a day is estimated by a sketch: exact enough, and no matter of memory. */
    @Override
    public List<Days> pieces(Days days, List<List<Dimension>> paths) {
        SortedMap<LocalDate, Long> most = new TreeMap<>();
        for (List<Dimension> path : paths.stream().distinct().toList()) {
            Bindings bindings = new Bindings();
            String values = path.stream()
                    .map(dimension -> "toString(" + dimension.sql(bindings) + ")")
                    .collect(Collectors.joining(", ", "uniqCombined(", ")"));
            String sql = "SELECT toString(toDate(start, 'UTC')) AS day, " + values + " AS paths" + spans(days, bindings)
                    + " GROUP BY day";
            read(
                    sql,
                    bindings,
                    row -> most.merge(LocalDate.parse(row.getString("day")), row.getLong("paths"), Math::max));
        }
        List<Days> pieces = new ArrayList<>();
        LocalDate from = days.from();
        long soFar = 0;
        for (LocalDate day = days.from(); day.isBefore(days.to()); day = day.plusDays(1)) {
            long ofDay = most.getOrDefault(day, 0L);
            if (soFar > 0 && soFar + ofDay > piece) {
                pieces.add(new Days(from, day));
                from = day;
                soFar = 0;
            }
            soFar += ofDay;
        }
        pieces.add(new Days(from, days.to()));
        return pieces;
    }

    @Override
    public Map<LocalDate, Cells> metered(Days piece, List<Dimension> path, Meter meter) {
        return remembered(piece, List.of(piece, path, meter), () -> {
            Bindings bindings = new Bindings();
            String sql = "SELECT toString(toDate(start, 'UTC')) AS day, " + select(path, bindings) + meter.sql()
                    + " AS measured" + spans(piece, bindings) + " GROUP BY day, " + names(path)
                    + " HAVING measured > 0 ORDER BY day, " + names(path);
            return cells(sql, bindings, path.size());
        });
    }

    @Override
    public Map<LocalDate, Cells> peaks(Days piece, Dimension dimension, Meter meter) {
        return remembered(piece, List.of(piece, dimension, meter, "peak"), () -> {
            Bindings bindings = new Bindings();
            String hours = "SELECT toString(toDate(start, 'UTC')) AS day, toStartOfHour(start) AS hour, "
                    + select(List.of(dimension), bindings) + meter.sql() + " AS used" + spans(piece, bindings)
                    + " GROUP BY day, hour, g0";
            String sql = "SELECT day, g0, max(used) AS measured FROM (" + hours
                    + ") GROUP BY day, g0 HAVING measured > 0 ORDER BY day, g0";
            Map<LocalDate, Cells> byDay = cells(sql, bindings, 1);
            byDay.forEach((day, cells) -> {
                if (cells.size() > PoolDay.MAX_PEAKS) {
                    throw new ProblemException(
                            ProblemKind.UNPROCESSABLE,
                            "a pool by peak is split among at most %d elements; on %s %s has %d: split it by use instead"
                                    .formatted(PoolDay.MAX_PEAKS, day, dimension.word(), cells.size()));
                }
            });
            return byDay;
        });
    }

    private Map<LocalDate, Cells> remembered(
            Days piece, List<Object> question, Supplier<Map<LocalDate, Cells>> answer) {
        remembered.keySet().removeIf(other -> !other.getFirst().equals(piece));
        Map<LocalDate, Cells> known = remembered.get(question);
        if (known == null) {
            known = answer.get();
            remembered.put(question, known);
        }
        return known;
    }

    private Map<LocalDate, Cells> cells(String sql, Bindings bindings, int steps) {
        Map<LocalDate, Cells> byDay = new HashMap<>();
        int[] path = new int[steps];
        read(sql, bindings, row -> {
            fill(path, row);
            byDay.computeIfAbsent(LocalDate.parse(row.getString("day")), _ -> new Cells(steps))
                    .add(path, row.getLong("measured"));
        });
        return byDay;
    }

    /** Looks at a row; keeps what it needs of it itself. */
    @FunctionalInterface
    private interface Look {
        void at(ResultSet row) throws SQLException;
    }

    private void read(String sql, Bindings bindings, Look look) {
        List<Boolean> rows = reads.read(new TenantQuery(tenant, sql + " LIMIT " + (MAX_ROWS + 1), bindings), row -> {
            look.at(row);
            return true;
        });
        if (rows.size() > MAX_ROWS) {
            throw new ProblemException(
                    ProblemKind.UNPROCESSABLE,
                    "the allocation has a day with more than %d elements: ask for a dimension of fewer values"
                            .formatted(MAX_ROWS));
        }
    }

    private void fill(int[] path, ResultSet row) throws SQLException {
        for (int i = 0; i < path.length; i++) {
            path[i] = names.of(row.getString("g" + i));
        }
        if (!isLarge && names.size() > LARGE) {
            isLarge = FREE.tryAcquire();
            if (!isLarge) {
                throw new ProblemException(
                        Problem.of(
                                ProblemKind.UNAVAILABLE,
                                "another allocation with more than %d names is being worked out".formatted(LARGE)),
                        Duration.ofSeconds(15));
            }
        }
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
}
