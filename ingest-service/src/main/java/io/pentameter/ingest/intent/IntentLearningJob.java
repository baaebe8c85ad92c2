package io.pentameter.ingest.intent;

import io.pentameter.ingest.classify.ClientIntents;
import io.pentameter.ingest.classify.Training;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Makes examples of the intents that clients say, for tenants that asked for it. In a thread of its own: no delivery waits for
 * it, and where it cannot keep up, or PostgreSQL is away, examples are forgotten.
 */
@ApplicationScoped
class IntentLearningJob implements ClientIntents {

    private static final Logger LOG = Logger.getLogger(IntentLearningJob.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int MAX_WAITING = 500;

    private final PostgresIntents store;
    private final BlockingQueue<Said> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private volatile Set<String> tenants = Set.of();
    private volatile boolean isStopped;

    IntentLearningJob(PostgresIntents store) {
        this.store = store;
    }

    private record Said(String tenant, Training.Labelled example) {}

    @Override
    public boolean areWantedBy(String tenant) {
        return tenants.contains(tenant);
    }

    @Override
    public void said(String tenant, String text, String intent) {
        var _ = waiting.offer(new Said(tenant, new Training.Labelled(text, intent)));
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("intent-learning").daemon().start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        isStopped = true;
    }

    private void run() {
        while (!isStopped) {
            try {
                tenants = store.learning();
                keep();
            } catch (SQLException | RuntimeException e) { // whatever it is: a thread that ends would learn no more
                LOG.debugf("examples of clients cannot be kept now, reason=%s", e.getMessage());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void keep() {
        List<Said> drained = new ArrayList<>();
        waiting.drainTo(drained);
        Map<String, List<Training.Labelled>> byTenant = new HashMap<>();
        drained.forEach(said ->
                byTenant.computeIfAbsent(said.tenant(), _ -> new ArrayList<>()).add(said.example()));
        byTenant.forEach((tenant, examples) -> store.transaction(tenant, connection -> {
            PostgresIntents.learn(connection, tenant, examples);
            return examples.size();
        }));
    }
}
