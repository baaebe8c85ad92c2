package io.pentameter.bench.money;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Statements for the analytics engine itself, beside the product: rows are made there, and counted. */
public final class EngineSql {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final HttpClient client;
    private final URI engine;
    private final String user;
    private final String password;

    /** @param database that tables are looked for in */
    public EngineSql(HttpClient client, String url, String user, String password, String database) {
        this.client = client;
        this.engine = URI.create(url + "/?wait_end_of_query=1&database=" + database);
        this.user = user;
        this.password = password;
    }

    /** The first column of the first row; 0 if there is none. */
    public long number(String sql) throws IOException, InterruptedException {
        String answer = run(sql).strip();
        return answer.isEmpty()
                ? 0
                : Long.parseLong(answer.lines().findFirst().orElse("0").split("\t", 2)[0]);
    }

    /** What the engine answers, tabs between columns. */
    public String run(String sql) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(engine)
                        .timeout(LIMIT)
                        .header("X-ClickHouse-User", user)
                        .header("X-ClickHouse-Key", password)
                        .POST(HttpRequest.BodyPublishers.ofString(sql))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the engine answered %d: %s"
                    .formatted(
                            answer.statusCode(),
                            answer.body()
                                    .substring(0, Math.min(500, answer.body().length()))));
        }
        return answer.body();
    }
}
