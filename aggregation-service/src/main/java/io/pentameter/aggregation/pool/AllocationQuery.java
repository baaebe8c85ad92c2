package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.kit.problem.Problem.Fault;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question for allocated costs.
 *
 * @param from  first day in UTC
 * @param to    the day after the last
 * @param by    one or two dimensions
 * @param pools those to allocate
 * @param limit most rows
 * @param isFile whether all rows are asked for, as a file
 */
record AllocationQuery(
        LocalDate from,
        LocalDate to,
        List<Dimension> by,
        List<Pool> pools,
        int limit,
        boolean isFile,
        PriceBasis basis) {

    private static final int MAX_DAYS = 400;
    private static final int MAX_DIMENSIONS = 2;
    private static final int MAX_ROWS = 10_000;
    private static final int DEFAULT_ROWS = 1_000;
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2200, 1, 1);

    AllocationQuery {
        by = List.copyOf(by);
        pools = List.copyOf(pools);
    }

    /**
     * Makes a question of what is sent.
     *
     * @param present the tenant's pools
     * @param faults  takes what is wrong; the question is of no use then
     */
    static AllocationQuery of(AllocationBody body, List<Pool> present, List<Fault> faults) {
        LocalDate from = day("/from", body.from(), faults);
        LocalDate to = day("/to", body.to(), faults);
        if (faults.isEmpty() && !to.isAfter(from)) {
            faults.add(
                    new Fault("/to", "must be after from, it is the day after the last: %s to %s".formatted(from, to)));
        } else if (ChronoUnit.DAYS.between(from, to) > MAX_DAYS) {
            faults.add(new Fault("/from", "the window may be at most %d days: %s to %s".formatted(MAX_DAYS, from, to)));
        }
        long limit = body.limit() == null ? DEFAULT_ROWS : body.limit();
        if (limit < 1 || limit > MAX_ROWS) {
            faults.add(new Fault("/limit", "must be 1 to %d: %d".formatted(MAX_ROWS, limit)));
        }
        String format = body.format() == null ? "json" : body.format();
        if (!format.equals("json") && !format.equals("csv")) {
            faults.add(new Fault("/format", "must be json or csv: '%s'".formatted(format)));
        }
        return new AllocationQuery(
                from,
                to,
                dimensions(body.by(), faults),
                pools(body.pools(), present, faults),
                (int) limit,
                format.equals("csv"),
                PriceBasis.read("/priceBasis", body.priceBasis(), faults));
    }

    private static List<Dimension> dimensions(@Nullable List<@Nullable String> words, List<Fault> faults) {
        List<Dimension> dimensions = new ArrayList<>();
        int count = words == null ? 0 : words.size();
        if (words == null || count < 1 || count > MAX_DIMENSIONS) {
            faults.add(new Fault("/by", "must name 1 to %d dimensions: %d".formatted(MAX_DIMENSIONS, count)));
            return dimensions;
        }
        for (int i = 0; i < count; i++) {
            String word = words.get(i) == null ? "" : String.valueOf(words.get(i));
            Optional<Dimension> dimension = Dimension.of(word);
            if (dimension.isEmpty()) {
                faults.add(
                        new Fault("/by/" + i, "is not known: '%s'; known are %s".formatted(word, Dimension.words())));
            } else if (dimensions.contains(dimension.get())) {
                faults.add(new Fault("/by/" + i, "is there already: '%s'".formatted(word)));
            } else {
                dimensions.add(dimension.get());
            }
        }
        return dimensions;
    }

    private static List<Pool> pools(@Nullable List<@Nullable String> ids, List<Pool> present, List<Fault> faults) {
        if (ids == null) {
            return present;
        }
        if (ids.size() > SqlPools.MAX_POOLS) {
            faults.add(new Fault("/pools", "at most %d are allowed: %d".formatted(SqlPools.MAX_POOLS, ids.size())));
            return List.of();
        }
        List<Pool> pools = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i) == null ? "" : String.valueOf(ids.get(i));
            Optional<Pool> pool =
                    present.stream().filter(one -> one.id().equals(id)).findFirst();
            if (pool.isEmpty()) {
                faults.add(new Fault("/pools/" + i, "there is no pool " + id));
            } else if (pools.contains(pool.get())) {
                faults.add(new Fault("/pools/" + i, "is there already: " + id));
            } else {
                pools.add(pool.get());
            }
        }
        return pools;
    }

    private static LocalDate day(String field, @Nullable String text, List<Fault> faults) {
        try {
            LocalDate day = LocalDate.parse(text == null ? "" : text);
            if (!day.isBefore(FIRST_DAY) && day.isBefore(LAST_DAY)) {
                return day;
            }
        } catch (DateTimeException _) {
            // falls through to the one complaint about it
        }
        faults.add(new Fault(
                field,
                "must be a day in UTC from 2000 to 2199 such as 2026-11-01: '%s'".formatted(text == null ? "" : text)));
        return FIRST_DAY;
    }
}
