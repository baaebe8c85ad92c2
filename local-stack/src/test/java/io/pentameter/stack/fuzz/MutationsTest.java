package io.pentameter.stack.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MutationsTest {

    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");

    @Test
    void theSameSeedAndNumberGiveTheSameMutant() {
        List<Sample> samples = Samples.at(NOW);
        Mutations one = new Mutations(samples, 7);
        Mutations again = new Mutations(samples, 7);
        Mutations other = new Mutations(samples, 8);

        int same = 0;
        for (long number = 0; number < 300; number++) {
            Mutant mutant = one.of(number);
            assertThat(again.of(number).body()).isEqualTo(mutant.body());
            assertThat(again.of(number).how()).isEqualTo(mutant.how());
            same += other.of(number).how().equals(mutant.how()) ? 1 : 0;
        }
        assertThat(same).isLessThan(150);
    }

    @Test
    void everyWayOfBeingWrongComesUpOnEveryRoute() {
        List<Sample> samples = Samples.at(NOW);
        Mutations mutations = new Mutations(samples, 1);
        Set<String> ways = new HashSet<>();
        Set<String> paths = new HashSet<>();
        for (long number = 0; number < 4000; number++) {
            Mutant mutant = mutations.of(number);
            ways.add(mutant.how());
            ways.add(mutant.sending().name());
            paths.add(mutant.sample().path());
        }

        assertThat(ways)
                .contains("truncated", "bits turned", "gzip cut", "gzip bomb", "gzip twice", "as captured")
                .contains("CUT", "SLOW", "TOO_SHORT", "TOO_LONG", "BROKEN_CHUNKS", "CHUNKED", "WHOLE")
                .anyMatch(way -> way.endsWith(" deep"))
                .anyMatch(way -> way.endsWith(" is missing"))
                .anyMatch(way -> way.contains("1e400"));
        assertThat(paths)
                .hasSameSizeAs(samples.stream().map(Sample::path).distinct().toList());
    }

    @Test
    void aChangedDocumentIsStillJson() throws IOException {
        byte[] body = "{\"batch\":[{\"type\":\"a\",\"n\":1},{\"type\":\"b\"}]}".getBytes(StandardCharsets.UTF_8);
        for (int seed = 0; seed < 300; seed++) {
            JsonMutation.Done done = new JsonMutation(new SplittableRandom(seed)).of(body);
            if (!done.how().endsWith(" deep")) {
                assertThat(new ObjectMapper().readTree(done.body()))
                        .as(done.how())
                        .isNotNull();
            }
        }
    }
}
