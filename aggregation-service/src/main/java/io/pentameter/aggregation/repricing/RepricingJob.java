package io.pentameter.aggregation.repricing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.Statements;
import io.pentameter.aggregation.filter.Filter;
import io.pentameter.aggregation.filter.FilterReader;
import io.pentameter.aggregation.pricebook.KafkaPrices;
import io.pentameter.aggregation.sink.SinkProgress;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.pricing.PriceList;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Works out the repricings that were ordered, one after the other, on the one instance that works on the first partition
 * of the spans. One that was under way when the instance died is begun again, as another generation: an insert of the attempt before that
 * lands later is in nobody's way, and is dropped within some hours.
 */
@ApplicationScoped
class RepricingJob {

    private static final Logger LOG = Logger.getLogger(RepricingJob.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** How long somebody may think about a report. */
    static final Duration KEPT = Duration.ofDays(7);

    /** How long the last insert of an attempt that another one took over may take to land. */
    private static final Duration LANDED = Duration.ofHours(1);

    private final AllTenantsRepricings all;
    private final SqlRepricings repricings;
    private final SqlRepricer repricer;
    private final KafkaPrices prices;
    private final SinkProgress progress;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("repricing").factory());
    private Instant sweptAt = Instant.EPOCH;

    RepricingJob(
            Reads reads,
            Statements statements,
            Inserts inserts,
            ObjectMapper json,
            KafkaPrices prices,
            SinkProgress progress,
            InstantSource clock) {
        repricings = new SqlRepricings(reads, inserts, json, clock);
        all = new AllTenantsRepricings(reads, repricings);
        repricer = new SqlRepricer(reads, statements, inserts);
        this.prices = prices;
        this.progress = progress;
        this.clock = clock;
    }

    void start(@Observes @Priority(300) StartupEvent event) {
        var _ = thread.scheduleWithFixedDelay(this::look, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    private void look() {
        if (!progress.isLeader()) {
            return;
        }
        try {
            Optional<Repricing> next = all.next();
            while (next.isPresent()) {
                workOut(next.get());
                next = all.next();
            }
            if (sweptAt.plus(Duration.ofHours(1)).isBefore(clock.instant())) {
                all.forgotten(clock.instant().minus(KEPT)).forEach(this::expire);
                all.leftovers(clock.instant().minus(LANDED)).forEach(repricer::drop);
                sweptAt = clock.instant();
            }
        } catch (RuntimeException e) { // the edge of a thread of its own: whatever it is, the next look begins again
            LOG.warnf(e, "a repricing could not be worked out, will try again");
        }
    }

    private void workOut(Repricing ordered) {
        Optional<PriceList> list =
                prices.of(ordered.tenant()).list(ordered.order().priceVersion());
        if (list.isEmpty()) {
            repricings.store(ordered.at(
                    Repricing.State.FAILED,
                    0,
                    "there is no price version '%s'".formatted(ordered.order().priceVersion())));
            return;
        }
        String version = list.get().book().version();
        long own = list.get().own().version();
        Repricing attempt =
                ordered.begun(Math.max(ordered.generation() + 1, SqlRepricings.micros(clock.instant())), version, own);
        List<RepriceSql.Piece> pieces = repricer.pieces(attempt);
        Repricing begun = attempt.of(pieces.size());
        repricings.store(begun);
        try {
            List<Fault> faults = new ArrayList<>();
            List<Filter> filters = new FilterReader(faults)
                    .read(new ArrayList<>(ordered.order().filters()));
            repricer.writeLines(begun, list.get());
            repricer.price(pieces, filters, done -> storeAsLeader(begun.at(Repricing.State.CALCULATING, done, "")));
            storeAsLeader(begun.at(Repricing.State.CALCULATED, pieces.size(), ""));
            LOG.infof("repricing is worked out id=%s tenant=%s", begun.id(), begun.tenant());
        } catch (SqlRepricer.ImpossibleException e) {
            repricings.store(begun.at(Repricing.State.FAILED, 0, String.valueOf(e.getMessage())));
        }
    }

    /** Whoever lost the partition while working leaves the rest, and the word that it is done, to the one who has it now. */
    private void storeAsLeader(Repricing repricing) {
        if (!progress.isLeader()) {
            throw new IllegalStateException("another instance works out repricing " + repricing.id());
        }
        repricings.store(repricing);
    }

    private void expire(Repricing forgotten) {
        repricer.drop(forgotten);
        repricings.store(forgotten.at(Repricing.State.EXPIRED, forgotten.chunksDone(), ""));
    }
}
