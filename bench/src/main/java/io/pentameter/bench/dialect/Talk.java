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
    private static final int QUESTION = 270;
    private static final int ANSWER = 95;

    /** Each talk has others, so that nothing that was worked out for one text serves for the next. */
    private static final String[] PHRASES = {
        "Please tell me where my order is",
        "and when it will come to the address that I gave you.",
        "The parcel was sent on Monday",
        "but nobody has seen it since.",
        "I would like to have my money back",
        "or another pair in a larger size.",
        "Could you write to the carrier for me?",
        "My neighbour says that she has not got it either.",
        "What does the express delivery cost,",
        "and can I still change the order?",
        "Last week the app showed another date.",
        "Please answer in two sentences.",
        "Ich habe zweimal bezahlt",
        "und warte noch immer auf die Rechnung.",
        "Bitte melden Sie sich bis Freitag.",
        "J'attends une réponse depuis trois jours",
        "et le colis est toujours en route."
    };

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
                    words(random, QUESTION),
                    words(random, ANSWER)));
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

    private static String words(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder(length + 60);
        while (text.length() < length) {
            text.append(PHRASES[random.nextInt(PHRASES.length)]).append(' ');
        }
        return text.append(random.nextInt()).toString();
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
