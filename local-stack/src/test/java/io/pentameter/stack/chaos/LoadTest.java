package io.pentameter.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.stack.otlp.SpanSender.Fate;
import io.pentameter.stack.process.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class LoadTest {

    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();

    @Test
    void whatIsPutOffIsSentUntilItIsAcknowledgedAndCountsOnce() {
        List<Trace> whole = run(attempt -> attempt % 2 == 0 ? new Fate.Retry("status 503") : new Fate.Accepted(0), 6);

        assertThat(whole).hasSize(made.get() + 1);
        assertThat(whole).doesNotHaveDuplicates();
    }

    @Test
    void whatIsRefusedIsNotAcknowledged() {
        List<Trace> whole = run(_ -> new Fate.Refused(500, "no"), 3);

        assertThat(whole).isEmpty();
    }

    @Test
    void someAreSentAgainAlthoughTheyWereAcknowledged() {
        List<Trace> whole = run(_ -> new Fate.Accepted(0), 40);

        assertThat(sent.get()).isGreaterThan(whole.size());
        assertThat(whole).doesNotHaveDuplicates();
    }

    /** One that was begun and not ended is ended at last. */
    private List<Trace> run(IntFunction<Fate> fates, int parcels) {
        Source source = new Source() {
            @Override
            public String client() {
                return "one";
            }

            @Override
            public Parcel next() {
                return parcel("t" + made.incrementAndGet());
            }

            @Override
            public List<Parcel> rest() {
                return List.of(parcel("rest"));
            }

            private Parcel parcel(String id) {
                return new Parcel(
                        id,
                        () -> fates.apply(sent.getAndIncrement()),
                        new Trace("g", id, Set.of(), new Amounts(1, 0, 0, 0)));
            }
        };
        try (Load load = new Load(List.of(source), 3)) {
            load.start();
            Waiting.until(Duration.ofSeconds(20), () -> made.get() >= parcels);
            load.end();
            Map<String, List<Trace>> all = load.acknowledged();
            assertThat(all).containsOnlyKeys("one");
            return all.getOrDefault("one", List.of());
        }
    }
}
