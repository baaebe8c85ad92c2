package io.pentameter.bench.measure;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Times of metrics queries, as a panel of a dashboard makes them. */
public final class QueryTimes {

    private static final int WARM_UP = 5;
    private static final int REPEATS = 40;

    private final PublicApi api;

    public QueryTimes(PublicApi api) {
        this.api = api;
    }

    /** Name of the query to its times in nanoseconds, over a window. */
    public Map<String, Histogram> measure(Instant from, Instant to) throws IOException, InterruptedException {
        Map<String, Histogram> times = new LinkedHashMap<>();
        queries(from, to)
                .forEach((name, _) ->
                        times.put(name, new Histogram(Duration.ofMinutes(2).toNanos(), 3)));
        for (int i = 0; i < WARM_UP + REPEATS; i++) {
            for (Map.Entry<String, String> query : queries(from, to).entrySet()) {
                long began = System.nanoTime();
                api.query(query.getValue());
                if (i >= WARM_UP) {
                    Histogram histogram = times.get(query.getKey());
                    if (histogram != null) {
                        histogram.recordValue(System.nanoTime() - began);
                    }
                }
            }
        }
        return times;
    }

    private static Map<String, String> queries(Instant from, Instant to) {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put(
                "cost by feature", query(from, to, "\"requests\",\"cost_usd\",\"error_rate\"", "\"feature\"", "", ""));
        queries.put(
                "latency by model, per 5 minutes",
                query(from, to, "\"model_latency_p50\",\"model_latency_p95\",\"ttft_p95\"", "\"model\"", "", "PT5M"));
        queries.put(
                "everything, ungrouped",
                query(
                        from,
                        to,
                        "\"requests\",\"spans\",\"errors\",\"error_rate\",\"latency_p50\",\"latency_p95\",\"latency_p99\","
                                + "\"input_tokens\",\"output_tokens\",\"cost_usd\"",
                        "",
                        "",
                        ""));
        queries.put(
                "cost of one customer",
                query(
                        from,
                        to,
                        "\"cost_usd\",\"requests\"",
                        "\"feature\"",
                        "{\"dimension\":\"customer\",\"op\":\"eq\",\"value\":\"customer-7\"}",
                        ""));
        queries.put("top 100 customers by cost", query(from, to, "\"cost_usd\",\"requests\"", "\"customer\"", "", ""));
        return queries;
    }

    private static String query(
            Instant from, Instant to, String measures, String groupBy, String filters, String interval) {
        return """
                {"measures":[%s],"groupBy":[%s],"filters":[%s],"from":"%s","to":"%s"%s,"limit":100}""".formatted(
                measures, groupBy, filters, from, to, interval.isEmpty() ? "" : ",\"interval\":\"" + interval + "\"");
    }
}
