package io.pentameter.aggregation.repricing;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.testing.Store;
import io.pentameter.contracts.v1.OwnDiscount;
import io.pentameter.contracts.v1.OwnPrices;
import io.pentameter.pricing.OwnPriceBook;
import io.pentameter.pricing.PriceBooks;
import io.pentameter.pricing.PriceList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures how long it takes to price spans again, for sizes that double, so that the slope shows.
 *
 * <p>Not a test: a number depends on the machine. Arguments: millions of spans of the first size (default 1), sizes (default 3).
 */
public final class RepricingBench {

    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final int MILLION = 1_000_000;

    private RepricingBench() {}

    public static void main(String[] args) throws Exception {
        long millions = args.length > 0 ? Long.parseLong(args[0]) : 1;
        int sizes = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        Store store = Store.of("repricing_bench");
        PriceList prices = new PriceList(
                PriceBooks.shipped(),
                new OwnPriceBook(
                        1,
                        OwnPrices.newBuilder()
                                .addDiscounts(OwnDiscount.newBuilder().setPercent("10"))
                                .build()));
        for (int size = 0; size < sizes; size++) {
            measure(store, prices, "size" + size, (millions << size) * MILLION);
        }
    }

    private static void measure(Store store, PriceList prices, String tenant, long spans) throws Exception {
        List<RepriceSql.Piece> pieces = new ArrayList<>();
        Repricing repricing = new Repricing(
                tenant,
                tenant,
                spans,
                Repricing.State.CALCULATING,
                new RepricingOrder(FROM, FROM.plus(Duration.ofDays(10)), List.of(), "latest", false),
                "bench",
                1,
                0,
                0,
                "",
                "bench",
                FROM);
        for (long hour = 0; hour < spans / MILLION; hour++) {
            Instant from = FROM.plus(Duration.ofHours(hour));
            fill(store, tenant, from);
            pieces.add(new RepriceSql.Piece(repricing, from, from.plus(Duration.ofHours(1))));
        }
        SqlRepricer repricer = new SqlRepricer(store.reads(), store.reads(), store.inserts());
        long start = System.nanoTime();
        repricer.writeLines(repricing, prices);
        repricer.price(pieces, List.of(), _ -> {});
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "spans=%d changed=%d seconds=%.1f spansPerSecond=%.0f%n",
                spans,
                store.number("SELECT count() FROM repriced_span WHERE generation = " + spans),
                seconds,
                spans / seconds);
    }

    /** A million calls in an hour, of eight models. */
    private static void fill(Store store, String tenant, Instant from) {
        Bindings bindings = new Bindings();
        String sql = """
                INSERT INTO span (tenant, trace_id, span_id, start, duration_ns, kind, name, customer, feature, model, provider,
                  has_usage, has_cost, cost_known, cost_nano, in_uncached, in_cache_read, out_text, usage_source, retention_days,
                  received_at, version)
                SELECT %1$s, reinterpretAsFixedString(toUInt128(generateUUIDv4(number))), toFixedString(unhex(leftPad(hex(number), 16, '0')), 8),
                  %2$s + INTERVAL (number * 3600 / 1000000) SECOND, 1000000000, 'model_call', 'chat',
                  concat('customer-', toString(cityHash64(number) %% 100000)), concat('feature-', toString(number %% 20)),
                  ['gpt-4o-mini', 'gpt-4o', 'gpt-5', 'gpt-4.1-nano', 'claude-sonnet-4-5', 'claude-haiku-4-5', 'gpt-4.1', 'gpt-5-mini'][number %% 8 + 1],
                  if(number %% 8 IN (4, 5), 'anthropic', 'openai'), 1, 1, 1, 1000, rand() %% 3000, rand(1) %% 500, rand(2) %% 900,
                  'reported', 400, now64(6), 1
                FROM numbers(1000000)""".formatted(bindings.text(tenant), bindings.instant(from));
        store.reads().run(sql, bindings);
    }
}
