package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.testing.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures how long pools take among customers whose number doubles, so that the slope shows. Each customer has a call on each of
 * three days; there are two pools.
 *
 * <p>Not a test: a number depends on the machine. Arguments: customers of the first size (default 250,000), sizes (default 3).
 */
public final class PoolBench {

    private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
    private static final int DAYS = 3;

    private PoolBench() {}

    public static void main(String[] args) throws IOException {
        int customers = args.length > 0 ? Integer.parseInt(args[0]) : 250_000;
        int sizes = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        Store store = Store.of("pool_bench");
        for (int size = 0; size < sizes; size++) {
            measure(store, "size" + size, customers << size);
        }
    }

    private static void measure(Store store, String tenant, int customers) throws IOException {
        for (int day = 0; day < DAYS; day++) {
            fill(store, tenant, FIRST.plusDays(day), customers);
        }
        AllocationQuery query = new AllocationQuery(
                FIRST,
                FIRST.plusDays(DAYS),
                List.of(Dimension.of("customer").orElseThrow()),
                List.of(pool("tokens", Meter.TOKENS), pool("requests", Meter.SPANS)),
                1_000,
                true,
                PriceBasis.AS_PRICED_NOW);
        long start = System.nanoTime();
        AllocationView view;
        long[] bytes = {0};
        try (SqlMeasurements measurements = new SqlMeasurements(store.reads(), tenant, query.basis())) {
            Allocated allocated = new Allocator(query, measurements, FIRST.plusDays(30)).allocate();
            view = AllocationView.of(query, allocated);
            new CsvAllocation(query, allocated).write(new OutputStream() {
                @Override
                public void write(int b) {
                    bytes[0]++;
                }
            });
        }
        System.out.printf(
                Locale.ROOT,
                "customers=%d days=%d seconds=%.1f fileBytes=%d heapMax=%d total=%s%n",
                customers,
                DAYS,
                (System.nanoTime() - start) / 1e9,
                bytes[0],
                Runtime.getRuntime().maxMemory(),
                view.totals());
    }

    private static Pool pool(String name, Meter meter) {
        return PoolChanges.first(
                name,
                new Pool.Terms(
                        name,
                        Pool.Kind.OTHER,
                        new BigDecimal("1234.567"),
                        Pool.Period.DAY,
                        FIRST,
                        Optional.empty(),
                        new Driver.Metered(meter),
                        Optional.empty(),
                        meter,
                        Optional.empty()),
                new PoolChanges.Author("bench", FIRST.atStartOfDay().toInstant(ZoneOffset.UTC)));
    }

    private static void fill(Store store, String tenant, LocalDate day, int customers) {
        Bindings bindings = new Bindings();
        String sql = """
                INSERT INTO span (tenant, trace_id, span_id, start, duration_ns, kind, name, customer, feature, model, provider,
                  has_usage, has_cost, cost_known, cost_nano, in_uncached, out_text, usage_source, retention_days, received_at, version)
                SELECT %1$s, reinterpretAsFixedString(toUInt128(generateUUIDv4(number))),
                  toFixedString(unhex(leftPad(hex(number), 16, '0')), 8), %2$s + INTERVAL (number %% 86000) SECOND, 1000000000,
                  'model_call', 'chat', concat('customer-', toString(number)), 'chat', 'gpt-5', 'openai', 1, 1, 1,
                  1 + rand() %% 1000000, rand(1) %% 3000, rand(2) %% 900, 'reported', 400, now64(6), 1
                FROM numbers(%3$s)""".formatted(
                        bindings.text(tenant),
                        bindings.instant(day.atStartOfDay(ZoneOffset.UTC).toInstant()),
                        bindings.number(customers));
        store.reads().run(sql, bindings);
    }
}
