package io.pentameter.aggregation.engine;

import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.jdbc.StatementImpl;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Reads and statements over JDBC, on a fixed number of connections.
 *
 * <p>Every read is {@code readonly = 1} (it cannot even change a setting), and limited in time, rows and memory. A
 * {@link TenantQuery} carries the second belt: {@code additional_table_filters} for all {@link Tables}, and the tenant as
 * {@code log_comment}, the carrier for a row policy on the reader's account where the engine has one.
 */
@ApplicationScoped
public class ClickHouseReads implements Reads, Statements {

    /** Bytes of a query: long lists stand in it ({@link Bindings#texts}). */
    static final int MAX_QUERY = 8 << 20;

    /**
     * That {@code FINAL} looks for versions of a row in the row's own partition only: everywhere, for a generation of repriced costs is a
     * partition, and its rows are no versions of another generation's. No table may have versions of one row in two partitions.
     */
    static final String FINAL_BY_PARTITION = "do_not_merge_across_partitions_select_final";

    private static final Logger LOG = Logger.getLogger(ClickHouseReads.class);
    private static final int TOO_MANY_ROWS = 158;
    private static final int TIMEOUT_EXCEEDED = 159;
    private static final int MEMORY_LIMIT_EXCEEDED = 241;
    private static final int TOO_MANY_BYTES = 307;

    private final ClickHouseConfig config;
    private final ClickHouseConnections readers;
    private final ClickHouseConnections writers;
    private final Timer queryTime;

    public ClickHouseReads(ClickHouseConfig config, MeterRegistry meters) {
        this.config = config;
        readers = config.readerUser()
                .map(user -> new ClickHouseConnections(
                        config, user, config.readerPassword().orElse(""), config.maxQueries()))
                .orElseGet(() -> new ClickHouseConnections(
                        config, config.user(), config.password().orElse(""), config.maxQueries()));
        writers = new ClickHouseConnections(
                config, config.user(), config.password().orElse(""), 4);
        queryTime = Timer.builder("pentameter.query.time")
                .description("time of one query at the engine, connection included")
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(meters);
    }

    @Override
    public <T> List<T> read(TenantQuery query, Row<T> row) {
        Map<String, String> belt = Map.of(
                "additional_table_filters", filters(config.database(), query.tenant()), "log_comment", query.tenant());
        return read(readers, query.sql(), query.parameters(), belt, row);
    }

    @Override
    public <T> List<T> read(AllTenantsQuery query, Row<T> row) {
        return read(writers, query.sql(), query.parameters(), Map.of(), row);
    }

    @Override
    public void run(String sql, Bindings bindings) {
        try {
            on(writers, connection -> {
                try (StatementImpl statement = statement(connection, bindings.values())) {
                    statement
                            .getLocalSettings()
                            .serverSetting("wait_end_of_query", "1")
                            .serverSetting("max_query_size", String.valueOf(MAX_QUERY))
                            .serverSetting(FINAL_BY_PARTITION, "1");
                    statement.execute(sql);
                    return true;
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException("the engine refused a statement, code " + e.getErrorCode(), e);
        }
    }

    private <T> List<T> read(
            ClickHouseConnections pool,
            String sql,
            Map<String, String> parameters,
            Map<String, String> settings,
            Row<T> row) {
        Timer.Sample sample = Timer.start();
        try {
            return on(pool, connection -> {
                try (StatementImpl statement = statement(connection, parameters)) {
                    QuerySettings local = guarded(statement.getLocalSettings());
                    settings.forEach(local::serverSetting);
                    return rows(statement, sql, row);
                }
            });
        } catch (SQLException e) {
            throw problem(e);
        } finally {
            sample.stop(queryTime);
        }
    }

    private static <T> List<T> rows(Statement statement, String sql, Row<T> row) throws SQLException {
        List<T> all = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                all.add(row.of(result));
            }
        }
        return all;
    }

    private QuerySettings guarded(QuerySettings settings) {
        return settings.serverSetting("readonly", "1")
                .serverSetting("wait_end_of_query", "1")
                .serverSetting(
                        "max_execution_time",
                        String.valueOf(config.maxQueryTime().toSeconds()))
                .serverSetting("max_query_size", String.valueOf(MAX_QUERY))
                .serverSetting("max_rows_to_read", String.valueOf(config.maxRowsToRead()))
                .serverSetting("max_memory_usage", String.valueOf(config.maxQueryMemory()))
                .serverSetting("use_skip_indexes_if_final", "1")
                .serverSetting(FINAL_BY_PARTITION, "1");
    }

    /** For each table the condition that the engine adds to it, as a map literal of the engine. */
    static String filters(String database, String tenant) {
        String literal = tenant.replace("\\", "\\\\").replace("'", "\\'");
        String condition = ("tenant = '" + literal + "'").replace("\\", "\\\\").replace("'", "\\'");
        return Tables.names().stream()
                .sorted()
                .map(table -> "'%s.%s': '%s'".formatted(database, table, condition))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static StatementImpl statement(Connection connection, Map<String, String> parameters) throws SQLException {
        StatementImpl statement = connection.createStatement().unwrap(StatementImpl.class);
        parameters.forEach((name, value) -> statement.getLocalSettings().serverSetting("param_" + name, value));
        return statement;
    }

    private <T> T on(ClickHouseConnections pool, ClickHouseConnections.Use<T> use) throws SQLException {
        try {
            return pool.use(use)
                    .orElseThrow(() -> new ProblemException(
                            Problem.of(
                                    ProblemKind.UNAVAILABLE,
                                    "more than %d queries at a time (pentameter.clickhouse.max-queries)"
                                            .formatted(config.maxQueries())),
                            Duration.ofSeconds(2)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    /** The engine's own; the driver gives it with the exception, or with one of its causes. */
    private static int code(SQLException e) {
        if (e.getErrorCode() != 0) {
            return e.getErrorCode();
        }
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ServerException server) {
                return server.getCode();
            }
        }
        return 0;
    }

    private ProblemException problem(SQLException e) {
        int code = code(e);
        LOG.warnf(e, "query failed code=%d", code);
        return switch (code) {
            case TOO_MANY_ROWS, TOO_MANY_BYTES ->
                new ProblemException(
                        ProblemKind.UNPROCESSABLE,
                        "the query would read more than %d rows: ask for a shorter window or filter more"
                                .formatted(config.maxRowsToRead()));
            case MEMORY_LIMIT_EXCEEDED ->
                new ProblemException(
                        ProblemKind.UNPROCESSABLE,
                        "the query needs more than %d bytes of memory: group by less or ask for a shorter window"
                                .formatted(config.maxQueryMemory()));
            case TIMEOUT_EXCEEDED ->
                new ProblemException(
                        ProblemKind.TIMEOUT,
                        "the query took longer than %s: ask for a shorter window".formatted(config.maxQueryTime()));
            default -> unavailable();
        };
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                Problem.of(ProblemKind.UNAVAILABLE, "the store does not answer queries at the moment"),
                Duration.ofSeconds(2));
    }

    @PreDestroy
    void close() {
        readers.close();
        writers.close();
    }
}
