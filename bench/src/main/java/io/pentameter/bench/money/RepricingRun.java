package io.pentameter.bench.money;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Prices everything again through the API, and takes it back. */
final class RepricingRun {

    private final MoneyApi admin;

    RepricingRun(MoneyApi admin) {
        this.admin = admin;
    }

    /**
     * What came of it.
     *
     * @param changed     spans whose cost is another
     * @param seconds     from the order until it was worked out
     * @param visibleSeconds until the answer to its application
     */
    record Result(long changed, double seconds, double visibleSeconds) {}

    Result run(Instant from, Instant to) throws IOException, InterruptedException {
        long began = System.nanoTime();
        JsonNode ordered =
                admin.post("/api/v1/costs/repricings", "{\"from\":\"%s\",\"to\":\"%s\"}".formatted(from, to));
        String path = "/api/v1/costs/repricings/" + ordered.path("id").asText();
        JsonNode now = ordered;
        while (!now.path("state").asText().equals("calculated")) {
            if (now.path("state").asText().equals("failed")) {
                throw new IOException("the repricing failed: " + now);
            }
            Thread.sleep(Duration.ofMillis(500));
            now = listed(ordered.path("id").asText());
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long changed = admin.get(path).at("/report/total/spans").asLong();
        long applied = System.nanoTime();
        admin.post(path + "/apply", "");
        double visible = (System.nanoTime() - applied) / 1e9;
        admin.post(path + "/revert", "");
        return new Result(changed, seconds, visible);
    }

    /** Without the report, which reads all its rows each time. */
    private JsonNode listed(String id) throws IOException, InterruptedException {
        for (JsonNode one : admin.get("/api/v1/costs/repricings").path("repricings")) {
            if (one.path("id").asText().equals(id)) {
                return one;
            }
        }
        throw new IOException("the repricing is not listed: " + id);
    }
}
