package io.pentameter.quality.judge;

import io.pentameter.quality.loop.Loop;
import io.pentameter.quality.store.PostgresSystemTransactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps a {@link JudgeDirectory} up to date for the intake and the queue. */
@ApplicationScoped
public class JudgeDirectoryJob {

    private static final String READ = """
            select id, tenant, name, rubric, rubric_version, model, endpoint, sealed_key, input_nano_usd, output_nano_usd,
                   daily_budget_nano_usd, target, features, enabled, created_at, updated_at
            from judge
            """;

    private final PostgresSystemTransactions transactions;
    private final JudgeConfig config;
    private volatile JudgeDirectory latest = new JudgeDirectory(Map.of());
    private @Nullable Loop loop;

    JudgeDirectoryJob(PostgresSystemTransactions transactions, JudgeConfig config) {
        this.transactions = transactions;
        this.config = config;
    }

    void start(@Observes @Priority(50) StartupEvent event) {
        refresh(); // a span must not pass before its judges are known
        loop = Loop.start("judges", config.refresh(), this::refresh);
    }

    void stop(@Observes ShutdownEvent event) {
        if (loop != null) {
            loop.close();
        }
    }

    public JudgeDirectory latest() {
        return latest;
    }

    /** Reads them now. */
    public boolean refresh() {
        Map<String, List<Judge>> byTenant = new HashMap<>();
        transactions
                .inSystem(connection -> connection.query(READ).execute())
                .forEach(row -> byTenant.computeIfAbsent(row.getString("tenant"), _ -> new ArrayList<>())
                        .add(judge(row)));
        latest = new JudgeDirectory(byTenant);
        return false;
    }

    private static Judge judge(Row row) {
        return new Judge(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("name"),
                row.getString("rubric"),
                row.getInteger("rubric_version"),
                row.getString("model"),
                URI.create(row.getString("endpoint")),
                row.getString("sealed_key"),
                new TokenPrice(row.getBigDecimal("input_nano_usd"), row.getBigDecimal("output_nano_usd")),
                row.getLong("daily_budget_nano_usd"),
                Judge.Target.valueOf(row.getString("target").toUpperCase(Locale.ROOT)),
                JudgeEntity.read(row.getString("features")),
                row.getBoolean("enabled"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
