package io.pentameter.quality.judge;

import io.pentameter.quality.store.PostgresTransactions;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;

/** What became of the judgements of a judge, counted in the queue's table for as long as it remembers them. */
@ApplicationScoped
class PostgresJudgements {

    private static final String COUNT = """
            select state, reason, count(*) from judgement where tenant = $1 and judge_id = $2 group by state, reason
            """;

    private final PostgresTransactions transactions;

    PostgresJudgements(PostgresTransactions transactions) {
        this.transactions = transactions;
    }

    /**
     * Numbers of judgements.
     *
     * @param waiting not ended, new or to be tried again
     * @param failed  by the last error
     * @param skipped by reason
     */
    record Judgements(long graded, long waiting, Map<String, Long> failed, Map<String, Long> skipped) {}

    Judgements of(String tenant, String judgeId) {
        return transactions.inTenant(
                tenant,
                connection -> connection
                        .preparedQuery(COUNT)
                        .execute(Tuple.of(tenant, judgeId))
                        .map(PostgresJudgements::sum));
    }

    private static Judgements sum(Iterable<Row> rows) {
        long graded = 0;
        long waiting = 0;
        Map<String, Long> failed = new TreeMap<>();
        Map<String, Long> skipped = new TreeMap<>();
        for (Row row : rows) {
            long count = row.getLong(2);
            switch (row.getString(0)) {
                case "graded" -> graded += count;
                case "open" -> waiting += count;
                case "failed" -> failed.merge(row.getString(1), count, Long::sum);
                default -> skipped.merge(row.getString(1), count, Long::sum);
            }
        }
        return new Judgements(graded, waiting, failed, skipped);
    }
}
