package io.pentameter.aggregation.engine;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Files that the engine writes, confined like every read ({@link ClickHouseReads}). {@code wait_end_of_query} lets the engine
 * put a long result on its disk first: a fault is then an error and not half a file, and nothing is held in this process.
 */
@ApplicationScoped
public class ClickHouseStreams implements Streams {

    private static final Logger LOG = Logger.getLogger(ClickHouseStreams.class);
    private static final int TOO_MANY_ROWS = 158;
    private static final int TIMEOUT_EXCEEDED = 159;
    private static final int MEMORY_LIMIT_EXCEEDED = 241;
    private static final int TOO_MANY_ROWS_OR_BYTES = 396;

    private final Client client;
    private final ClickHouseConfig config;
    private final StreamConfig limits;
    private final Semaphore free;

    public ClickHouseStreams(ClickHouseConfig config, StreamConfig limits) {
        this.config = config;
        this.limits = limits;
        free = new Semaphore(limits.maxFiles());
        long millis = limits.maxTime().plusSeconds(10).toMillis();
        client = new Client.Builder()
                .addEndpoint(config.url())
                .setUsername(config.readerUser().orElse(config.user()))
                .setPassword(
                        config.readerUser().isPresent()
                                ? config.readerPassword().orElse("")
                                : config.password().orElse(""))
                .setDefaultDatabase(config.database())
                .compressServerResponse(false)
                .setConnectTimeout(2, ChronoUnit.SECONDS)
                .setSocketTimeout(millis, ChronoUnit.MILLIS)
                .setExecutionTimeout(millis, ChronoUnit.MILLIS)
                .setMaxConnections(limits.maxFiles())
                .build();
    }

    @Override
    public InputStream open(TenantQuery query, Format format) {
        if (!free.tryAcquire()) {
            throw new ProblemException(
                    Problem.of(
                            ProblemKind.UNAVAILABLE,
                            "more than %d files at a time (pentameter.export.max-files)".formatted(limits.maxFiles())),
                    Duration.ofSeconds(10));
        }
        boolean isOpen = false;
        try {
            InputStream file = file(query, format);
            isOpen = true;
            return file;
        } catch (ExecutionException e) {
            throw problem(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw problem(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw problem(e);
        } catch (RuntimeException e) { // what the driver throws has no common type
            throw problem(e);
        } finally {
            if (!isOpen) {
                free.release();
            }
        }
    }

    private InputStream file(TenantQuery query, Format format)
            throws ExecutionException, InterruptedException, TimeoutException {
        QueryResponse response = client.query(query.sql(), settings(query, format))
                .get(limits.maxTime().plusSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
        return new FilterInputStream(response.getInputStream()) {
            private boolean isClosed;

            @Override
            public void close() throws IOException {
                if (isClosed) {
                    return;
                }
                isClosed = true;
                try {
                    super.close();
                    response.close();
                } catch (IOException e) {
                    throw e;
                } catch (Exception e) { // AutoCloseable says no more
                    throw new IOException(e);
                } finally {
                    free.release();
                }
            }
        };
    }

    private QuerySettings settings(TenantQuery query, Format format) {
        QuerySettings settings = new QuerySettings()
                .setFormat(
                        switch (format) {
                            case CSV -> ClickHouseFormat.CSVWithNames;
                            case PARQUET -> ClickHouseFormat.Parquet;
                        });
        query.parameters().forEach((name, value) -> settings.serverSetting("param_" + name, value));
        return settings.serverSetting("readonly", "1")
                .serverSetting("wait_end_of_query", "1")
                .serverSetting(
                        "max_execution_time", String.valueOf(limits.maxTime().toSeconds()))
                .serverSetting("max_rows_to_read", String.valueOf(config.maxRowsToRead()))
                .serverSetting("max_memory_usage", String.valueOf(config.maxQueryMemory()))
                .serverSetting("max_query_size", String.valueOf(ClickHouseReads.MAX_QUERY))
                .serverSetting("max_result_rows", String.valueOf(limits.maxRows()))
                .serverSetting("use_skip_indexes_if_final", "1")
                .serverSetting(ClickHouseReads.FINAL_BY_PARTITION, "1")
                .serverSetting("format_csv_null_representation", "")
                .serverSetting("additional_table_filters", ClickHouseReads.filters(config.database(), query.tenant()))
                .serverSetting("log_comment", query.tenant());
    }

    private ProblemException problem(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServerException server) {
                LOG.warnf(server, "export failed code=%d", server.getCode());
                return switch (server.getCode()) {
                    case TOO_MANY_ROWS, TOO_MANY_ROWS_OR_BYTES, MEMORY_LIMIT_EXCEEDED ->
                        new ProblemException(
                                ProblemKind.UNPROCESSABLE,
                                "the file would have more than %d rows or need too much memory: ask for a shorter window"
                                        .formatted(limits.maxRows()));
                    case TIMEOUT_EXCEEDED ->
                        new ProblemException(
                                ProblemKind.TIMEOUT,
                                "the file took longer than %s: ask for a shorter window".formatted(limits.maxTime()));
                    default -> unavailable();
                };
            }
        }
        LOG.warnf(fault, "export failed");
        return unavailable();
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                Problem.of(ProblemKind.UNAVAILABLE, "the store does not answer queries at the moment"),
                Duration.ofSeconds(2));
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
