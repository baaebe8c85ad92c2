package io.pentameter.aggregation.engine;

import com.clickhouse.client.api.ClickHouseException;
import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Inserts through the HTTP interface of the engine, answered when the rows are stored.
 *
 * <p>{@code async_insert} is off: since 26.3 it is on by default, and then an answer does not mean stored. The request is
 * not compressed: the engine is near, and LZ4 costs more than the loopback.
 */
@ApplicationScoped
public class ClickHouseInserts implements Inserts {

    /**
     * Codes of the engine that speak of the data. Every other fault is treated as the engine's own and tried again: to wait
     * for ever on a fault is better than to drop what is good.
     */
    private static final Set<Integer> DATA_ERRORS = Set.of(
            6, // CANNOT_PARSE_TEXT
            26, // CANNOT_PARSE_QUOTED_STRING
            27, // CANNOT_PARSE_INPUT_ASSERTION_FAILED
            32, // ATTEMPT_TO_READ_AFTER_EOF
            33, // CANNOT_READ_ALL_DATA
            38, // CANNOT_PARSE_DATE
            41, // CANNOT_PARSE_DATETIME
            69, // ARGUMENT_OUT_OF_BOUND
            70, // CANNOT_CONVERT_TYPE
            117, // INCORRECT_DATA
            128, // TOO_LARGE_ARRAY_SIZE
            131, // TOO_LARGE_STRING_SIZE
            321, // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
            349, // CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN
            469); // VIOLATED_CONSTRAINT

    private final Client client;
    private final long timeoutMillis;

    public ClickHouseInserts(ClickHouseConfig config) {
        timeoutMillis = config.insertTimeout().toMillis();
        client = new Client.Builder()
                .addEndpoint(config.url())
                .setUsername(config.user())
                .setPassword(config.password().orElse(""))
                .setDefaultDatabase(config.database())
                .compressClientRequest(false)
                .compressServerResponse(false)
                .setConnectTimeout(2, ChronoUnit.SECONDS)
                .setSocketTimeout(timeoutMillis, ChronoUnit.MILLIS)
                .setExecutionTimeout(timeoutMillis, ChronoUnit.MILLIS)
                .setMaxConnections(8)
                .serverSetting("async_insert", "0")
                .serverSetting("insert_deduplicate", "1")
                .serverSetting("wait_end_of_query", "1")
                .build();
    }

    @Override
    public Insertion insert(String table, List<String> columns, RowBinary rows, String token) {
        InsertSettings settings = new InsertSettings().setDeduplicationToken(token);
        try (InsertResponse _ = client.insert(
                        table,
                        columns,
                        out -> {
                            rows.writeTo(out);
                            out.close();
                        },
                        ClickHouseFormat.RowBinary,
                        settings)
                .get(timeoutMillis, TimeUnit.MILLISECONDS)) {
            return new Insertion.Stored();
        } catch (ExecutionException e) {
            return of(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException _) {
            return new Insertion.Away("timeout");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Insertion.Away("interrupted");
        } catch (ClickHouseException | IllegalStateException e) {
            return of(e);
        }
    }

    @PreDestroy
    void close() {
        client.close();
    }

    private static Insertion of(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServerException server) {
                String reason = "engine_code_" + server.getCode();
                return DATA_ERRORS.contains(server.getCode())
                        ? new Insertion.Refused(reason)
                        : new Insertion.Away(reason);
            }
        }
        return new Insertion.Away(fault.getClass().getSimpleName());
    }
}
