package io.pentameter.stack.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A trace of a vendor's client: a root and the calls of a model below it.
 *
 * @param group as {@link Trace} has it; the session and the release
 * @param start of all of it
 */
record Talk(UUID id, UUID root, String group, Instant start, List<Call> calls) {

    private static final int CALLS = 3;
    private static final int MAX_TOKENS = 2000;

    Talk {
        calls = List.copyOf(calls);
    }

    /**
     * One call of a model.
     *
     * @param uncached input tokens without those that are cached
     */
    record Call(UUID id, Instant start, Instant end, long uncached, long cached, long output) {

        long input() {
            return uncached + cached;
        }
    }

    static Talk make(RandomGenerator random, Instant now, String group) {
        Instant start = now.minusSeconds(2);
        List<Call> calls = Stream.generate(() -> new Call(
                        uuid(random),
                        start.plusMillis(1 + random.nextInt(500)),
                        start.plusMillis(600 + random.nextInt(900)),
                        random.nextInt(1, MAX_TOKENS),
                        random.nextInt(1, MAX_TOKENS),
                        random.nextInt(1, MAX_TOKENS)))
                .limit(CALLS)
                .toList();
        return new Talk(uuid(random), uuid(random), group, start, calls);
    }

    Instant end() {
        return start.plusSeconds(2);
    }

    String hexId() {
        return id.toString().replace("-", "");
    }

    /** What must be found of it; the ids of its spans are ours to make. */
    Trace trace() {
        Amounts amounts = calls.stream()
                .map(call -> Price.call(call.uncached(), call.cached(), call.output()))
                .reduce(new Amounts(1, 0, 0, 0), Amounts::plus);
        return new Trace(group, hexId(), Set.of(), amounts);
    }

    private static UUID uuid(RandomGenerator random) {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
