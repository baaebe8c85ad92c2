package io.pentameter.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VictimsTest {

    private static final List<String> ALL = List.of("kafka", "gateway", "postgres", "ingest");

    @Test
    void eachIsKilledOnceBeforeAnyIsKilledAgain() {
        Victims<String> victims = new Victims<>(ALL, 7);

        assertThat(Stream.generate(victims::next).limit(4)).containsExactlyInAnyOrderElementsOf(ALL);
        assertThat(Stream.generate(victims::next).limit(4)).containsExactlyInAnyOrderElementsOf(ALL);
    }

    @Test
    void theSameSeedGivesTheSameOrder() {
        Victims<String> one = new Victims<>(ALL, 42);
        Victims<String> other = new Victims<>(ALL, 42);

        assertThat(Stream.generate(one::next).limit(12))
                .containsExactlyElementsOf(
                        Stream.generate(other::next).limit(12).toList());
    }
}
