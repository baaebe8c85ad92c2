package io.pentameter.stack.engine;

import java.nio.file.Path;

/** The two settings files of the ClickHouse engine. */
final class ClickHouseSettings {

    private static final long SERVER_MEMORY_BYTES = 2_000_000_000L;
    private static final long MARK_CACHE_BYTES = 128L << 20;

    private ClickHouseSettings() {}

    static String server(Path directory) {
        return """
                <clickhouse>
                  <users_config>%1$s/users.xml</users_config>
                  <listen_host>127.0.0.1</listen_host>
                  <log-level>warning</log-level>
                  <logger><log>%1$s/clickhouse.log</log><size>20M</size><count>2</count></logger>
                  <max_server_memory_usage>%2$d</max_server_memory_usage>
                  <mark_cache_size>%3$d</mark_cache_size>
                  <max_concurrent_queries>100</max_concurrent_queries>
                </clickhouse>
                """.formatted(escaped(directory.toString()), SERVER_MEMORY_BYTES, MARK_CACHE_BYTES);
    }

    /**
     * Users: {@code default} is the engine's own session, which cannot have a password and therefore may do nothing but
     * open the port; {@code keeper} ends the engine; {@code app} is for the product and reaches no file, no other server.
     *
     * <p>The settings of the default profile restore what a ClickHouse server does and its command line mode does not;
     * {@code async_insert} is off because acknowledged must mean stored.
     */
    static String users(String appPasswordSha256, String keeperPasswordSha256) {
        return """
                <clickhouse>
                  <profiles>
                    <default>
                      <async_insert>0</async_insert>
                      <implicit_select>0</implicit_select>
                      <allow_introspection_functions>0</allow_introspection_functions>
                      <storage_file_read_method>pread</storage_file_read_method>
                    </default>
                    <boot><max_memory_usage>50000000</max_memory_usage><max_threads>1</max_threads></boot>
                  </profiles>
                  <users>
                    <default>
                      <password></password>
                      <networks><ip>127.0.0.1</ip></networks>
                      <profile>boot</profile>
                      <quota>boot</quota>
                      <grants><query>GRANT SYSTEM LISTEN ON *.*</query><query>GRANT SELECT ON system.numbers</query></grants>
                    </default>
                    <app>
                      <password_sha256_hex>%s</password_sha256_hex>
                      <networks><ip>127.0.0.1</ip></networks>
                      <profile>default</profile>
                      <quota>default</quota>
                      <grants>
                        <query>GRANT ALL ON *.*</query>
                        <query>REVOKE FILE, URL, REMOTE, S3, MYSQL, POSTGRES, SYSTEM SHUTDOWN, SYSTEM LISTEN ON *.*</query>
                      </grants>
                    </app>
                    <keeper>
                      <password_sha256_hex>%s</password_sha256_hex>
                      <networks><ip>127.0.0.1</ip></networks>
                      <profile>default</profile>
                      <quota>default</quota>
                      <grants>
                        <query>GRANT KILL QUERY ON *.*</query>
                        <query>GRANT SELECT ON system.processes</query>
                      </grants>
                    </keeper>
                  </users>
                  <quotas>
                    <default/>
                    <boot><interval><duration>2000000000</duration><queries>2</queries></interval></boot>
                  </quotas>
                </clickhouse>
                """.formatted(appPasswordSha256, keeperPasswordSha256);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
