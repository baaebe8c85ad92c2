package io.pentameter.aggregation.engine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where the engine is, and what a query may cost. */
@ConfigMapping(prefix = "pentameter.clickhouse")
public interface ClickHouseConfig {

    /** As in {@code http://127.0.0.1:4312}. */
    @WithDefault("http://127.0.0.1:4312")
    String url();

    /** Writes, seals and migrates. */
    @WithDefault("app")
    String user();

    /** Of {@link #user}; absent for none. */
    Optional<String> password();

    /** Reads for a tenant; absent: {@link #user} does. May be confined by a row policy on {@code log_comment}. */
    Optional<String> readerUser();

    /** Of {@link #readerUser}. */
    Optional<String> readerPassword();

    @WithDefault("pentameter")
    String database();

    /** The engine's words for the storage of tables: {@code single} or {@code replicated}. */
    @WithDefault("single")
    String layout();

    /** An insert that takes longer is tried again with the same token; below Kafka's max.poll.interval. */
    @WithDefault("30s")
    Duration insertTimeout();

    /** Connections, and so queries at a time. */
    @WithDefault("8")
    int maxQueries();

    /** A query that takes longer is ended; answered with 504. */
    @WithDefault("20s")
    Duration maxQueryTime();

    /** A query that would read more rows is refused; answered with 422. */
    @WithDefault("2000000000")
    long maxRowsToRead();

    /** Memory of one query in bytes; answered with 422. */
    @WithDefault("1500000000")
    long maxQueryMemory();
}
