package io.pentameter.bench.dialect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * A request that was answered by some calls of a model, in no dialect yet.
 *
 * @param id   of the trace
 * @param root id of the span above the calls
 */
record Talk(UUID id, long root, Instant start, Instant end, String user, String session, List<Call> calls) {

    private static final int CALLS = 4;
    private static final String WORDS =
            "Please tell me where my order is and when it will come to the address that I gave you. ";

    /** @param input tokens with the cached ones */
    record Call(
            long span, Instant start, Instant end, int input, int cached, int output, String question, String answer) {}

    static Talk of(SplittableRandom random, Instant end) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            int cached = random.nextInt(200);
            calls.add(new Call(
                    random.nextLong(1, Long.MAX_VALUE),
                    end.minusMillis(3_000 - i * 500L),
                    end.minusMillis(2_600 - i * 500L),
                    cached + 100 + random.nextInt(3_000),
                    cached,
                    20 + random.nextInt(400),
                    WORDS.repeat(3) + random.nextInt(),
                    WORDS + random.nextInt()));
        }
        return new Talk(
                new UUID(random.nextLong() | 1, random.nextLong() | 1),
                random.nextLong(1, Long.MAX_VALUE),
                end.minusMillis(3_100),
                end,
                "user-" + random.nextInt(20_000),
                "session-" + random.nextInt(50_000),
                calls);
    }

    /** 32 hex digits. */
    String hexId() {
        return id.toString().replace("-", "");
    }

    static String hex(long span) {
        return "%016x".formatted(span);
    }

    static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }
}
