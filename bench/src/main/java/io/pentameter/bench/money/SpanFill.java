package io.pentameter.bench.money;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Rows of priced spans, made by the engine in the tables that the product reads: as the sink would have stored them, and counted as
 * it would have.
 *
 * <p>Traces of one request and four calls, evenly over the time, four traces to a session of one user with one feature. Half of the sessions belong to any
 * of the customers alike, the others to few: the customer with the number n is as likely as 1/n. A customer has three users.
 */
final class SpanFill {

    /** Rows of one insert: its block takes a quarter of a gigabyte of the engine. */
    private static final long PIECE = 250_000;

    private static final int SPANS_PER_TRACE = 5;
    private static final int TRACES_PER_SESSION = 4;

    private final EngineSql engine;
    private final String tenant;
    private final long customers;

    /** @param customers how many different ones there may be, 1 or more */
    SpanFill(EngineSql engine, String tenant, long customers) {
        this.engine = engine;
        this.tenant = tenant;
        this.customers = customers;
    }

    /**
     * Adds spans.
     *
     * @param round a number of its own for each call: other traces than those of the others
     */
    void add(long spans, Instant from, Instant to, int round) throws IOException, InterruptedException {
        long pieces = Math.ceilDiv(spans, PIECE);
        Duration length = Duration.between(from, to).dividedBy(pieces);
        for (int piece = 0; piece < pieces; piece++) {
            Instant start = from.plus(length.multipliedBy(piece));
            add(Math.min(PIECE, spans - piece * PIECE), start, length, round * 1_000_000L + piece);
        }
    }

    private void add(long spans, Instant start, Duration length, long seed) throws IOException, InterruptedException {
        engine.run(spanRows(spans, start, length, seed));
        engine.run("""
                INSERT INTO sunk (tenant, bucket, received_minute, key_id, reason, records)
                SELECT tenant, toStartOfFiveMinutes(toDateTime(start, 'UTC')), toStartOfMinute(toDateTime(start, 'UTC')), key_id, '',
                  count()
                FROM span WHERE tenant = '%s' AND kafka_offset = %d AND start >= fromUnixTimestamp64Nano(%d)
                  AND start < fromUnixTimestamp64Nano(%d) GROUP BY ALL""".formatted(tenant, seed, nanos(start), nanos(start) + length.toNanos()));
    }

    private String spanRows(long spans, Instant start, Duration length, long seed) {
        List<String> models = List.of(
                "gpt-4o-mini",
                "gpt-4o",
                "gpt-5",
                "gpt-4.1-nano",
                "claude-sonnet-4-5",
                "claude-haiku-4-5",
                "gpt-4.1",
                "gpt-5-mini");
        return String.format(
                Locale.ROOT,
                """
                INSERT INTO span (tenant, trace_id, span_id, parent_span_id, start, duration_ns, kind, name, is_request, feature, route,
                  customer, user, session, model, provider, environment, region, service, key_id, dialect, has_usage, in_uncached,
                  in_cache_read, out_text, usage_source, has_cost, cost_known, cost_nano, price_version, cost_buckets, cost_units,
                  cost_unit_prices, cost_parts_nano, ttft_ns, attrs, tags, received_at, kafka_offset, retention_days, version)
                WITH intDiv(number, %1$d) AS trace, number %% %1$d = 0 AS root, sipHash64(trace, %2$d) AS h,
                  sipHash64(intDiv(trace, %9$d), %2$d, 2) AS s,
                  sipHash64(number, %2$d, 1) AS r,
                  (s %% 1000003) / 1000003 AS chance, if(intDiv(s, 1000003) %% 2 = 0, toUInt64(chance * %3$d), toUInt64(pow(%3$d, chance))) AS who,
                  if(root, 0, 200 + r %% 3000) AS fresh, if(root, 0, intDiv(r, 3000) %% 500) AS cached,
                  if(root, 0, 20 + intDiv(r, 7) %% 900) AS written, h %% 8 AS m,
                  [150, 2500, 1250, 100, 3000, 1000, 2000, 250][m + 1] AS price
                SELECT '%4$s', reinterpretAsFixedString(bitShiftLeft(toUInt128(h), 64) + toUInt128(sipHash64(h))),
                  reinterpretAsFixedString(r), if(root, toFixedString('', 8), reinterpretAsFixedString(sipHash64(trace * %1$d, %2$d, 1))),
                  fromUnixTimestamp64Nano(toInt64(%5$d + intDiv(toInt128(number) * %6$d, %7$d))), 300000000 + r %% 2000000000,
                  if(root, 'request', 'model_call'), if(root, 'answer', 'chat'), root, concat('feature-', toString(s %% 12)),
                  concat('/route-', toString(h %% 20)), concat('customer-', toString(who)),
                  concat('user-', toString(who * 3 + intDiv(s, 7) %% 3)), concat('session-', toString(s)),
                  if(root, '', [%8$s][m + 1]), if(root, '', if(m IN (4, 5), 'anthropic', 'openai')), 'production', 'eu', 'assistant', 'bench',
                  'otlp', NOT root, fresh, cached, written, if(root, '', 'reported'), NOT root, NOT root,
                  fresh * price + intDiv(cached * price, 2) + written * price * 4, if(root, '', 'bench'),
                  if(root, [], ['in_uncached', 'in_cache_read', 'out_text']), if(root, [], [toInt64(fresh), toInt64(cached), toInt64(written)]),
                  if(root, [], [toString(price), toString(price / 2), toString(price * 4)]),
                  if(root, [], [toInt64(fresh * price), toInt64(intDiv(cached * price, 2)), toInt64(written * price * 4)]),
                  if(root, -1, 100000000 + r %% 900000000), map('team', concat('team-', toString(h %% 40)), 'plan', concat('plan-', toString(intDiv(h, 40) %% 5))),
                  arrayMap(i -> concat('tag-', toString((h + i) %% 30)), range(toUInt8(h %% 3))),
                  fromUnixTimestamp64Micro(toInt64(intDiv(%5$d, 1000) + intDiv(toInt128(number) * intDiv(%6$d, 1000), %7$d)) + 2000000), %2$d,
                  400, 1
                FROM numbers(%7$d)""",
                SPANS_PER_TRACE,
                seed,
                customers,
                tenant,
                nanos(start),
                length.toNanos(),
                spans,
                quoted(models),
                TRACES_PER_SESSION);
    }

    private static String quoted(List<String> words) {
        return "'" + String.join("', '", words) + "'";
    }

    private static long nanos(Instant at) {
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }
}
