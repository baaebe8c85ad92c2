package io.pentameter.aggregation.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Walks the pages of a provider's report: pages hold buckets of time, buckets hold results. The chain must be complete, and no
 * bucket may come twice; else a sum over them would be wrong.
 */
final class Buckets {

    private static final Duration DAY = Duration.ofDays(1);

    private final Lines lines;
    private final JsonFields fields;
    private final Times times;
    private int results;

    /** How the provider writes the ends of a bucket. */
    enum Times {
        /** {@code start_time}, {@code end_time} in seconds: OpenAI. */
        SECONDS,
        /** {@code starting_at}, {@code ending_at} as texts: Anthropic. */
        TEXTS
    }

    Buckets(Lines lines, Times times) {
        this.lines = lines;
        fields = new JsonFields(lines);
        this.times = times;
    }

    /** What is done with a result; {@code number} counts the results of all pages from 1. */
    interface Visit {
        void result(String at, int number, LocalDate day, JsonNode result);
    }

    void visit(List<JsonNode> pages, Visit visit) {
        Map<Instant, String> seen = new HashMap<>();
        for (int i = 0; i < pages.size() && !lines.isFull(); i++) {
            JsonNode page = pages.get(i);
            String at = "/pages/" + i;
            if (!page.path("data").isArray()) {
                lines.fault(at + "/data", "must be a list of buckets, as the provider's API answers");
                continue;
            }
            if (page.path("has_more").asBoolean() && i == pages.size() - 1) {
                lines.fault(at + "/has_more", "is true on the last page: the pages behind it are missing");
            }
            for (int j = 0; j < page.path("data").size() && !lines.isFull(); j++) {
                bucket(at + "/data/" + j, page.path("data").get(j), seen, visit);
            }
        }
    }

    private void bucket(String at, JsonNode bucket, Map<Instant, String> seen, Visit visit) {
        boolean isSeconds = times == Times.SECONDS;
        String startField = isSeconds ? "start_time" : "starting_at";
        String endField = isSeconds ? "end_time" : "ending_at";
        Optional<Instant> start =
                isSeconds ? fields.seconds(at, bucket, startField) : fields.instant(at, bucket, startField);
        Optional<Instant> end = isSeconds ? fields.seconds(at, bucket, endField) : fields.instant(at, bucket, endField);
        if (start.isEmpty() || end.isEmpty()) {
            return;
        }
        LocalDate day = LocalDate.ofInstant(start.get(), ZoneOffset.UTC);
        Instant endOfDay = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        if (!end.get().isAfter(start.get()) || end.get().isAfter(endOfDay)) {
            lines.fault(
                    at + "/" + endField,
                    "must be after %s and within the same day in UTC, %s at most: %s to %s"
                            .formatted(startField, DAY, start.get(), end.get()));
            return;
        }
        String before = seen.putIfAbsent(start.get(), at);
        if (before != null) {
            lines.fault(at + "/" + startField, "%s came before, at %s: a page twice?".formatted(start.get(), before));
            return;
        }
        if (!bucket.path("results").isArray()) {
            lines.fault(at + "/results", "must be a list");
            return;
        }
        lines.covers(day, day.plusDays(1));
        for (int i = 0; i < bucket.path("results").size() && !lines.isFull(); i++) {
            visit.result(
                    at + "/results/" + i, ++results, day, bucket.path("results").get(i));
        }
    }
}
