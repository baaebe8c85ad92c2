package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Shares of a tenant's pools by day and element, for whoever writes costs down. They are those of an allocation: the shares of a day, with
 * what is not allocated and what is idle, are the cost of the pool on that day, to the nano-dollar.
 */
public final class SharedCosts {

    /** Shares of one answer. */
    static final int MAX_SHARES = 200_000;

    private final Reads reads;
    private final SqlPools pools;

    public SharedCosts(Reads reads, Inserts inserts) {
        this.reads = reads;
        pools = new SqlPools(reads, inserts);
    }

    /**
     * What is to be allocated.
     *
     * @param from  first day in UTC
     * @param to    the day after the last
     * @param by    one or two dimensions
     * @param basis of drivers that measure cost
     * @param today in UTC; days after it are left out
     */
    public record Question(LocalDate from, LocalDate to, List<Dimension> by, PriceBasis basis, LocalDate today) {

        public Question {
            by = List.copyOf(by);
        }
    }

    /** What of a pool's cost it is. */
    public enum Part {
        /** An element's share. */
        SHARED,
        /** Of a day on which the driver measured nothing. */
        UNALLOCATED,
        /** Paid for and not used. */
        IDLE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Whose cost it is, and how it is split.
     *
     * @param kind   a word such as vector_store
     * @param method the driver: {@code metered}, {@code peak}, {@code fixed} or {@code idle}
     * @param measure what the driver measures; empty if nothing
     */
    public record PoolName(String id, long version, String name, String kind, String method, String measure) {}

    /**
     * A share of a day, above 0.
     *
     * @param element values of the dimensions, empty texts where not known; no values unless it is {@link Part#SHARED}
     */
    public record Share(LocalDate day, PoolName pool, Part part, List<String> element, BigDecimal usd) {

        public Share {
            element = List.copyOf(element);
        }
    }

    /** By pool and day, as far as all days are measured at once; else by some days, pool and day. */
    public List<Share> of(String tenant, Question question) {
        List<Pool> present = pools.list(tenant);
        if (present.isEmpty() || !question.from().isBefore(question.to())) {
            return List.of();
        }
        AllocationQuery query = new AllocationQuery(
                question.from(), question.to(), question.by(), present, Integer.MAX_VALUE, true, question.basis());
        List<Share> shares = new ArrayList<>();
        try (SqlMeasurements measurements = new SqlMeasurements(reads, tenant, question.basis())) {
            Allocator allocator = new Allocator(query, measurements, question.today());
            allocator.daily(day -> add(shares, day, allocator.elements()));
        }
        return shares;
    }

    private static void add(List<Share> shares, DayShares day, Elements elements) {
        if (shares.size() + day.size() > MAX_SHARES) {
            throw new ProblemException(
                    ProblemKind.UNPROCESSABLE,
                    "the pools have more than %d shares by day: ask for fewer days, for a dimension of fewer values, or with shared=exclude"
                            .formatted(MAX_SHARES));
        }
        PoolName name = name(day.pool());
        IntStream.range(0, day.size())
                .mapToObj(i -> new Share(
                        day.day(),
                        name,
                        Part.SHARED,
                        elements.path(day.element(i)),
                        BigDecimal.valueOf(day.share(i), Usd.SCALE)))
                .sorted(Comparator.comparing(Share::element, Paths.ORDER))
                .forEach(shares::add);
        add(shares, new Share(day.day(), name, Part.UNALLOCATED, List.of(), day.unallocated()));
        add(shares, new Share(day.day(), name, Part.IDLE, List.of(), day.idle()));
    }

    private static void add(List<Share> shares, Share share) {
        if (share.usd().signum() != 0) {
            shares.add(share);
        }
    }

    private static PoolName name(Pool pool) {
        String method = switch (pool.terms().driver()) {
            case Driver.Metered _ -> "metered";
            case Driver.Peak _ -> "peak";
            case Driver.Fixed _ -> "fixed";
            case Driver.Idle _ -> "idle";
        };
        String measure = switch (pool.terms().driver()) {
            case Driver.Metered(Meter meter) -> meter.word();
            case Driver.Peak(Meter meter) -> meter.word();
            case Driver.Fixed _, Driver.Idle _ -> "";
        };
        return new PoolName(
                pool.id(),
                pool.version(),
                pool.terms().name(),
                pool.terms().kind().name().toLowerCase(Locale.ROOT),
                method,
                measure);
    }
}
