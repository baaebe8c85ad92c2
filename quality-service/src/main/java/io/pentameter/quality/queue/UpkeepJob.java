package io.pentameter.quality.queue;

import io.pentameter.quality.judge.JudgeConfig;
import io.pentameter.quality.loop.Loop;
import io.pentameter.quality.metrics.Meters;
import io.pentameter.quality.queue.PostgresSystemQueue.Waiting;
import io.pentameter.quality.store.PostgresSystemTransactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures the queue, and clears away what is over: old judgements, money set aside by workers that died. */
@ApplicationScoped
public class UpkeepJob {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration CLEARING = Duration.ofMinutes(1);
    private static final Duration LOST_RESERVATION = Duration.ofHours(2);

    /** Whether the call of a lost worker was made is not known, so all that was set aside counts as spent. */
    private static final String SPEND_LOST = """
            with lost as (delete from reservation where created_at < $1 returning tenant, judge_id, day, nano_usd),
                 sums as (select tenant, judge_id, day, sum(nano_usd)::bigint as nano_usd from lost group by 1, 2, 3)
            update judge_spend s
            set reserved_nano_usd = s.reserved_nano_usd - l.nano_usd, spent_nano_usd = s.spent_nano_usd + l.nano_usd
            from sums l where s.tenant = l.tenant and s.judge_id = l.judge_id and s.day = l.day
            """;

    private static final String FORGET = "delete from judgement where state <> 'open' and finished_at < $1";
    private static final String FORGET_KEYS = "delete from idempotency where created_at < $1";
    private static final String FORGET_SPEND = "delete from judge_spend where day < $1::timestamptz::date - 90";

    private final PostgresSystemTransactions transactions;
    private final PostgresSystemQueue queue;
    private final JudgeConfig config;
    private final InstantSource clock;
    private final Meters meters;
    private volatile Map<String, Waiting> waiting = Map.of();
    private Instant cleared = Instant.EPOCH;
    private @Nullable Loop loop;

    UpkeepJob(
            PostgresSystemTransactions transactions,
            PostgresSystemQueue queue,
            JudgeConfig config,
            InstantSource clock,
            Meters meters) {
        this.transactions = transactions;
        this.queue = queue;
        this.config = config;
        this.clock = clock;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        loop = Loop.start("upkeep", PAUSE, this::keepUp);
    }

    void stop(@Observes ShutdownEvent event) {
        if (loop != null) {
            loop.close();
        }
    }

    /** Whether the tenant may add judgements; measured every few seconds, so a burst may go over it. */
    public boolean hasRoom(String tenant) {
        Waiting of = waiting.get(tenant);
        return of == null || of.length() < config.maxQueued();
    }

    private boolean keepUp() {
        Instant now = clock.instant();
        waiting = queue.waiting();
        long length = waiting.values().stream().mapToLong(Waiting::length).sum();
        Instant oldest = waiting.values().stream()
                .map(Waiting::oldest)
                .min(Instant::compareTo)
                .orElse(now);
        meters.queue(length, Duration.between(oldest, now));
        if (!now.isBefore(cleared.plus(CLEARING))) {
            clear(now);
            cleared = now;
        }
        return false;
    }

    private void clear(Instant now) {
        transactions.inSystem(connection -> connection
                .preparedQuery(SPEND_LOST)
                .execute(before(now, LOST_RESERVATION))
                .chain(() -> connection.preparedQuery(FORGET).execute(before(now, config.keep())))
                .chain(() -> connection.preparedQuery(FORGET_KEYS).execute(before(now, Duration.ofDays(1))))
                .chain(() -> connection.preparedQuery(FORGET_SPEND).execute(before(now, Duration.ZERO))));
    }

    private static Tuple before(Instant now, Duration age) {
        return Tuple.of(now.minus(age).atOffset(ZoneOffset.UTC));
    }
}
