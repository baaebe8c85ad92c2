package io.pentameter.stack.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.stack.http.JsonApi;
import io.pentameter.stack.process.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The tenant's accounting of a run. */
final class Books {

    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(3);

    private final JsonApi read;
    private final InstantSource clock;
    private final Instant from;

    Books(JsonApi read, InstantSource clock, Instant from) {
        this.read = read;
        this.clock = clock;
        this.from = from;
    }

    /** @param accepted and the others: spans, as the accounting API counts them */
    record Balance(
            long received, long accepted, long refused, long stored, long duplicates, long dropped, long pending) {

        static Balance of(JsonNode totals) {
            return new Balance(
                    totals.path("received").asLong(),
                    totals.path("accepted").asLong(),
                    sum(totals.path("refused")),
                    totals.path("stored").asLong(),
                    totals.path("duplicates").asLong(),
                    sum(totals.path("dropped")),
                    totals.path("pending").asLong());
        }

        /** Every span that was accepted is somewhere, once. */
        boolean isExact() {
            return accepted == stored + duplicates + dropped + pending && pending == 0;
        }

        private static long sum(JsonNode reasons) {
            long sum = 0;
            for (JsonNode count : reasons) {
                sum += count.asLong();
            }
            return sum;
        }
    }

    /** The balance, once nothing is pending and it does not change any more, or when that takes too long. */
    Balance settled() {
        Balance[] last = {now()};
        Waiting.until(DRAINED_WITHIN, () -> {
            Waiting.pause(Duration.ofSeconds(2));
            Balance before = last[0];
            last[0] = now();
            return last[0].isExact() && last[0].equals(before);
        });
        return last[0];
    }

    private Balance now() {
        Instant to = clock.instant().plusSeconds(120);
        return Balance.of(read.get("/api/v1/accounting?from=" + from + "&to=" + to)
                .expect("accounting", 200)
                .path("totals"));
    }
}
