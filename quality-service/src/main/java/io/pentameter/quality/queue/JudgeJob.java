package io.pentameter.quality.queue;

import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.quality.judge.ChatRater;
import io.pentameter.quality.judge.HttpJudging;
import io.pentameter.quality.judge.Judge;
import io.pentameter.quality.judge.JudgeConfig;
import io.pentameter.quality.judge.JudgeDirectoryJob;
import io.pentameter.quality.loop.Loop;
import io.pentameter.quality.metrics.Meters;
import io.pentameter.quality.outbox.OutboxJob;
import io.pentameter.quality.queue.PostgresSystemQueue.End;
import io.pentameter.quality.rating.Drawn;
import io.pentameter.quality.rating.Opinion;
import io.pentameter.quality.rating.Scores;
import io.pentameter.quality.rating.Subject;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Works the queue: takes judgements in turn over the tenants, asks, writes what came of it.
 *
 * <p>A judgement whose worker dies is taken again when its lease ends. Its grade is written in the transaction that ends it,
 * so it is told once; the call may have been made twice, and both are paid for.
 */
@ApplicationScoped
public class JudgeJob {

    private static final Logger LOG = Logger.getLogger(JudgeJob.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final PostgresSystemQueue queue;
    private final JudgeDirectoryJob judges;
    private final HttpJudging judging;
    private final OutboxJob outbox;
    private final JudgeConfig config;
    private final InstantSource clock;
    private final Meters meters;
    private final Semaphore free;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private @Nullable Loop loop;

    JudgeJob(
            PostgresSystemQueue queue,
            JudgeDirectoryJob judges,
            HttpJudging judging,
            OutboxJob outbox,
            JudgeConfig config,
            InstantSource clock,
            Meters meters) {
        this.queue = queue;
        this.judges = judges;
        this.judging = judging;
        this.outbox = outbox;
        this.config = config;
        this.clock = clock;
        this.meters = meters;
        this.free = new Semaphore(config.concurrency());
    }

    void start(@Observes @Priority(200) StartupEvent event) {
        loop = Loop.start("judges-at-work", PAUSE, this::startSome);
    }

    void stop(@Observes ShutdownEvent event) {
        if (loop == null) {
            return;
        }
        loop.close();
        try {
            // what is not ready by then is taken again when its lease ends
            if (!free.tryAcquire(config.concurrency(), 5, TimeUnit.SECONDS)) {
                LOG.info("stopping with judgements under way");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something was added. */
    public void wake() {
        if (loop != null) {
            loop.wake();
        }
    }

    /** Whether the queue is worked on. */
    public boolean isAlive() {
        return loop != null && loop.isAlive();
    }

    private boolean startSome() {
        int room = free.availablePermits();
        if (room == 0) {
            return false; // the next to finish wakes us
        }
        List<Taken> taken = queue.take(room, config.concurrencyPerTenant(), clock.instant(), lease());
        for (Taken one : taken) {
            free.acquireUninterruptibly();
            Thread.ofVirtual().name("judge-" + one.order().id()).start(() -> work(one));
        }
        return false;
    }

    private void work(Taken taken) {
        try {
            judge(taken);
        } catch (RuntimeException e) { // the outermost edge of this thread; the lease ends and it is taken again
            LOG.errorf(e, "judgement not finished judgementId=%s", taken.order().id());
            meters.judgeError("internal");
        } finally {
            free.release();
            wake();
        }
    }

    private void judge(Taken taken) {
        Order order = taken.order();
        Instant began = clock.instant();
        Optional<Judge> judge = judges.latest()
                .find(order.tenant(), order.judgeId())
                .filter(found -> found.enabled() && found.rubricVersion() == order.rubricVersion());
        if (judge.isEmpty()) {
            end(taken, "skipped", "judge_changed", 0);
            return;
        }
        if (taken.createdAt().plus(config.maxAge()).isBefore(began)) {
            end(taken, "skipped", "too_old", 0);
            return;
        }
        ChatRater rater = judging.raterFor(judge.get());
        Opinion opinion = rater.rate(Subject.of(order.subject()));
        meters.judged(Duration.between(began, clock.instant()), rater.spentNanoUsd());
        conclude(taken, judge.get(), opinion, rater.spentNanoUsd());
    }

    private void conclude(Taken taken, Judge judge, Opinion opinion, long cost) {
        switch (opinion) {
            case Opinion.Grade grade -> grade(taken, judge, grade, cost);
            case Opinion.Later later -> later(taken, later, cost);
            case Opinion.Failed(String reason) -> {
                meters.judgeError(reason);
                end(taken, "failed", reason, cost);
            }
            case Opinion.Skipped(String reason) -> end(taken, "skipped", reason, cost);
            case Opinion.NotApplicable _ -> end(taken, "skipped", "not_applicable", cost);
        }
    }

    private void grade(Taken taken, Judge judge, Opinion.Grade grade, long cost) {
        Order order = taken.order();
        Instant now = clock.instant();
        Scores.JudgeIdentity identity =
                new Scores.JudgeIdentity(order.id(), judge.id(), judge.name(), String.valueOf(judge.rubricVersion()));
        boolean isFirst = queue.grade(
                taken,
                new End("graded", "", cost, now),
                (drawn, earlier) -> score(order, identity, grade, drawn, earlier + cost, now));
        if (isFirst) {
            meters.graded("judge");
            outbox.wake();
        }
    }

    private static ScoreRecord score(
            Order order, Scores.JudgeIdentity judge, Opinion.Grade grade, Drawn drawn, long cost, Instant now) {
        return Scores.ofJudge(order.subject(), judge, grade, drawn, cost, now.toEpochMilli() * 1000);
    }

    private void later(Taken taken, Opinion.Later later, long cost) {
        meters.judgeError(later.reason());
        boolean isPatience = later.reason().equals("rate_limited");
        if (!isPatience && taken.attempts() >= config.attempts()) {
            end(taken, "failed", later.reason(), cost);
            return;
        }
        Instant next = clock.instant().plus(backoff.after(taken.attempts(), later.after()));
        queue.putBack(taken, later.reason(), cost, next, !isPatience);
        if (isPatience) {
            queue.holdBack(taken.order(), next);
        }
    }

    private void end(Taken taken, String state, String reason, long cost) {
        if (queue.close(taken, new End(state, reason, cost, clock.instant())) && state.equals("skipped")) {
            meters.skipped(reason);
        }
    }

    /** Two asks, each perhaps after finding out how to ask for a schema, and room for the database. */
    private Duration lease() {
        return config.timeout().multipliedBy(4).plusSeconds(60);
    }
}
