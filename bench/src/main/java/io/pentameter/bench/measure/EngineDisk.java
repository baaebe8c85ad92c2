package io.pentameter.bench.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/** Bytes on disk and rows by table, asked from the analytics engine itself. */
public final class EngineDisk {

    private final HttpClient client;
    private final URI engine;
    private final String user;
    private final String password;

    /**
     * @param rows  rows in the active parts
     * @param bytes bytes on disk, compressed, with indexes
     */
    public record Table(long rows, long bytes) {}

    public EngineDisk(HttpClient client, URI engine, String user, String password) {
        this.client = client;
        this.engine = engine;
        this.user = user;
        this.password = password;
    }

    /** Tables of the database by name. */
    public Map<String, Table> tables(String database) throws IOException, InterruptedException {
        String sql = """
                SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes FROM system.parts
                WHERE active AND database = '%s' GROUP BY table FORMAT JSONEachRow SETTINGS output_format_json_quote_64bit_integers = 0""".formatted(database);
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(engine)
                        .header("X-ClickHouse-User", user)
                        .header("X-ClickHouse-Key", password)
                        .POST(HttpRequest.BodyPublishers.ofString(sql))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the engine answered with " + answer.statusCode());
        }
        Map<String, Table> tables = new TreeMap<>();
        for (String line : answer.body().lines().toList()) {
            JsonNode row = new ObjectMapper().readTree(line);
            tables.put(
                    row.get("table").asText(),
                    new Table(row.get("rows").asLong(), row.get("bytes").asLong()));
        }
        return tables;
    }
}
