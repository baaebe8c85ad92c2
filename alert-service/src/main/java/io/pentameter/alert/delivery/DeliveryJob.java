package io.pentameter.alert.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.pentameter.alert.background.BackgroundLoop;
import io.pentameter.alert.delivery.PostgresDeliveries.Attempt;
import io.pentameter.alert.delivery.PostgresDeliveries.Claimed;
import io.pentameter.alert.request.PostgresReplies;
import io.pentameter.alert.store.SystemTransactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends the notices that are due.
 *
 * <p>A notice is taken, sent, and only then written down as delivered. A crash in between sends it again with the same
 * id, by which the receiver knows the repeat.
 */
@ApplicationScoped
class DeliveryJob {

    private static final Logger LOG = Logger.getLogger(DeliveryJob.class);
    private static final Duration LEASE_RESERVE = Duration.ofSeconds(10);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);

    private final SystemTransactions transactions;
    private final PostgresDeliveries deliveries;
    private final PostgresReplies replies;
    private final HttpSender sender;
    private final DeliveryConfig config;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final Semaphore free;
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private Instant forgotAt = Instant.EPOCH;
    private @Nullable BackgroundLoop loop;

    DeliveryJob(
            SystemTransactions transactions,
            PostgresDeliveries deliveries,
            PostgresReplies replies,
            HttpSender sender,
            DeliveryConfig config,
            InstantSource clock,
            MeterRegistry meters) {
        this.transactions = transactions;
        this.deliveries = deliveries;
        this.replies = replies;
        this.sender = sender;
        this.config = config;
        this.clock = clock;
        this.meters = meters;
        this.free = new Semaphore(config.maxInFlight());
    }

    void start(@Observes StartupEvent event) {
        loop = BackgroundLoop.start("alert-delivery", config.pause(), this::turn);
    }

    /** What is under way may end; what does not end in time is sent again after the lease. */
    void stop(@Observes ShutdownEvent event) {
        BackgroundLoop current = loop;
        if (current != null) {
            current.close();
        }
        senders.shutdown();
    }

    private void turn() {
        int room = free.availablePermits();
        if (room > 0) {
            Duration lease = config.answerLimit().plus(LEASE_RESERVE);
            var share = new PostgresDeliveries.Share(room, config.maxPerDestination(), lease);
            List<Claimed> claimed =
                    transactions.run(transaction -> deliveries.claim(transaction, share, clock.instant()));
            claimed.forEach(this::begin);
        }
        forget();
    }

    private void begin(Claimed claimed) {
        free.acquireUninterruptibly();
        senders.execute(() -> {
            try {
                attempt(claimed);
            } catch (RuntimeException e) { // the outermost edge of this thread
                LOG.errorf(e, "delivery could not be written down deliveryId=%s", claimed.id());
            } finally {
                free.release();
                BackgroundLoop current = loop;
                if (current != null) {
                    current.wake();
                }
            }
        });
    }

    private void attempt(Claimed claimed) {
        Instant began = clock.instant();
        Reply reply = sender.send(claimed.destination(), claimed.id(), claimed.message());
        Instant now = clock.instant();
        double chance = ThreadLocalRandom.current().nextDouble();
        Outcome outcome = Outcome.of(claimed.destination().kind(), reply, claimed.attempts(), now, chance);
        Integer status = reply instanceof Reply.Answered(int answered, var _) ? answered : null;
        Attempt attempt = new Attempt(now, Duration.between(began, now), status, outcome);
        transactions.run(transaction -> {
            deliveries.finish(transaction, claimed, attempt);
            return true;
        });
        String result = DeliveryWord.of(outcome);
        meters.counter(
                        "pentameter.alert.deliveries",
                        "kind",
                        claimed.destination().kind().word(),
                        "result",
                        result)
                .increment();
        LOG.infof(
                "delivery attempted deliveryId=%s alertId=%s notice=%s attempt=%d result=%s status=%s",
                claimed.id(), claimed.alertId(), claimed.notice(), claimed.attempts(), result, status);
    }

    private void forget() {
        Instant now = clock.instant();
        if (forgotAt.plus(FORGET_EVERY).isBefore(now)) {
            forgotAt = now;
            transactions.run(transaction -> {
                deliveries.forget(transaction, now.minus(config.retention()));
                replies.forget(transaction, now);
                return true;
            });
        }
    }
}
