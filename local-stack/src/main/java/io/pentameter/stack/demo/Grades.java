package io.pentameter.stack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.stack.http.JsonApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Grades of the answers that were sampled last, by check, with one that failed to look at. */
final class Grades {

    private static final int LAST = 200;

    private final JsonApi read;

    Grades(JsonApi read) {
        this.read = read;
    }

    List<String> lines() {
        JsonApi.Answer answer = read.get("/api/v1/scores?source=code&limit=" + LAST);
        JsonNode scores = answer.expect("asking for grades", 200).path("scores");
        if (scores.isEmpty()) {
            return List.of("GRADES  none yet", "");
        }
        Map<String, Tally> tallies = new TreeMap<>();
        for (JsonNode score : scores) {
            tallies.computeIfAbsent(score.path("name").asText(), _ -> new Tally())
                    .add(score);
        }
        Table table = new Table(
                "GRADES, the last " + scores.size(), "graded", "failed", "by", "sampled at", "one that failed");
        tallies.forEach((name, tally) -> table.row(
                name,
                String.valueOf(tally.graded),
                String.valueOf(tally.failed),
                tally.rater,
                tally.rates(),
                tally.example));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("  counts of the sample, not rates of all traffic");
        lines.add("");
        return lines;
    }

    private static final class Tally {

        private int graded;
        private int failed;
        private double least = 1;
        private double most;
        private String rater = "";
        private String example = "";

        void add(JsonNode score) {
            graded++;
            rater = score.path("rater").asText();
            double probability = score.path("inclusionProbability").asDouble();
            least = Math.min(least, probability);
            most = Math.max(most, probability);
            if (!score.path("passed").asBoolean(true)) {
                failed++;
                if (example.isEmpty()) {
                    example = "/api/v1/traces/" + score.path("traceId").asText();
                }
            }
        }

        String rates() {
            return least == most ? percent(least) : percent(least) + " to " + percent(most);
        }

        private static String percent(double probability) {
            return "%.0f %%".formatted(100 * probability);
        }
    }
}
