package io.pentameter.quality.sampling;

import io.pentameter.quality.loop.Loop;
import io.pentameter.quality.store.PostgresSystemTransactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds the sampler, keeps its policies up to date, and publishes the cost thresholds that were learnt. */
@ApplicationScoped
public class SamplingJob {

    /** How long old versions are kept in memory and old thresholds in the database: longer than spans are in the log. */
    private static final Duration MEMORY = Duration.ofDays(8);

    private static final String POLICIES = """
            select tenant, version, effective_from, judge_floor, check_floor, rules from sampling_policy p
            where effective_from > $1
               or version = (select max(version) from sampling_policy q
                             where q.tenant = p.tenant and q.effective_from <= $1)
            """;

    private static final String THRESHOLDS = """
            select tenant, valid_from, nano_usd, sample from cost_threshold t
            where valid_from > $1
               or valid_from = (select max(valid_from) from cost_threshold u
                                where u.tenant = t.tenant and u.valid_from <= $1)
            """;

    private static final String PUBLISH = """
            insert into cost_threshold (tenant, valid_from, nano_usd, sample) values ($1, $2, $3, $4)
            on conflict do nothing
            """;

    private static final String FORGET = """
            delete from cost_threshold t where valid_from < $1
               and exists (select 1 from cost_threshold u where u.tenant = t.tenant
                           and u.valid_from > t.valid_from and u.valid_from < $1)
            """;

    private final PostgresSystemTransactions transactions;
    private final SamplingConfig config;
    private final InstantSource clock;
    private final PolicyVersion standard;
    private final Sampler sampler;
    private final CostLearning learning;
    private @Nullable Loop loop;

    SamplingJob(PostgresSystemTransactions transactions, SamplingConfig config, InstantSource clock) {
        this.transactions = transactions;
        this.config = config;
        this.clock = clock;
        this.standard = PolicyVersion.standard(config.judgeFloor(), config.checkFloor());
        this.sampler = new Sampler(
                new EpochKeys(Base64.getDecoder().decode(config.key().strip())), standard);
        this.learning = new CostLearning(config.costPeriod());
    }

    void start(@Observes @Priority(50) StartupEvent event) {
        refresh(); // a span must not be decided before its policy is known
        loop = Loop.start("sampling", config.refresh(), this::refresh);
    }

    void stop(@Observes ShutdownEvent event) {
        if (loop != null) {
            loop.close();
        }
    }

    public Sampler sampler() {
        return sampler;
    }

    /** Counts the cost of a model call for the threshold to come. */
    public void learn(String tenant, long nanoUsd, Instant now) {
        learning.add(tenant, nanoUsd, now);
    }

    PolicyVersion standard() {
        return standard;
    }

    private boolean refresh() {
        Instant now = clock.instant();
        Map<String, CostThreshold> due = learning.due(now);
        transactions.inSystem(connection -> publish(connection, due, now).chain(() -> read(connection, now)));
        return false;
    }

    private Uni<Void> read(SqlConnection connection, Instant now) {
        Tuple since = Tuple.of(now.minus(MEMORY).atOffset(ZoneOffset.UTC));
        Map<String, List<PolicyVersion>> policies = new HashMap<>();
        Map<String, List<CostThreshold>> thresholds = new HashMap<>();
        return connection
                .preparedQuery(POLICIES)
                .execute(since)
                .invoke(rows ->
                        rows.forEach(row -> policies.computeIfAbsent(row.getString("tenant"), _ -> new ArrayList<>())
                                .add(PostgresPolicyStore.policy(row))))
                .chain(() -> connection.preparedQuery(THRESHOLDS).execute(since))
                .invoke(rows -> rows.forEach(row -> thresholds
                        .computeIfAbsent(row.getString("tenant"), _ -> new ArrayList<>())
                        .add(PostgresPolicyStore.threshold(row))))
                .invoke(() -> sampler.use(new Policies(policies, thresholds, standard)))
                .replaceWithVoid();
    }

    private static Uni<Void> publish(SqlConnection connection, Map<String, CostThreshold> due, Instant now) {
        if (due.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Tuple> rows = due.entrySet().stream()
                .map(entry -> Tuple.of(
                        entry.getKey(),
                        entry.getValue().validFrom().atOffset(ZoneOffset.UTC),
                        entry.getValue().nanoUsd(),
                        entry.getValue().sample()))
                .toList();
        return connection
                .preparedQuery(PUBLISH)
                .executeBatch(rows)
                .chain(() -> connection
                        .preparedQuery(FORGET)
                        .execute(Tuple.of(now.minus(MEMORY).atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }
}
