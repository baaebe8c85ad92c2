package io.pentameter.ingest.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.contracts.Topics;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.kit.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignalBatchTest {

    /** Takes what has a name, and tells the id that it was given. */
    private static final SignalReader NAMED = new SignalReader() {
        @Override
        public String word() {
            return "named";
        }

        @Override
        public Topics topic() {
            return Topics.CHANGES;
        }

        @Override
        public Signal read(Form form, SignalOrigin origin, @Nullable String givenId) {
            String name = form.requiredText("name", 5);
            form.refuseOthers();
            return new Signal(String.valueOf(givenId), List.of(name), List.of(new LogRecord(new byte[0], new byte[0])));
        }
    };

    @Test
    void ofAnArrayTheGoodAreKeptAndTheBadNamedByTheirIndex() {
        SignalBatch batch = read("[{\"name\":\"a\"},{\"name\":7},3,{\"name\":\"b\"},{\"nam\":\"c\"}]", "k");

        assertThat(batch.good()).extracting(SignalBatch.Item::index).containsExactly(0, 3);
        assertThat(batch.good()).extracting(item -> item.signal().id()).containsExactly("k/0", "k/3");
        assertThat(batch.bad()).isEqualTo(3);
        assertThat(batch.errors())
                .containsExactly(
                        new Problem.Fault("/1/name", "must be a text: 7"),
                        new Problem.Fault("/2", "must be a JSON object: 3"),
                        new Problem.Fault("/4/name", "must be a text of 1 to 5 characters: (absent)"),
                        new Problem.Fault("/4/nam", "there is no such field; known are name"));
    }

    @Test
    void anArrayHasOneToAThousandItems() {
        assertThat(read("[]", null).errors())
                .containsExactly(new Problem.Fault("", "must have 1 to 1000 items, but has 0"));
        assertThat(read("[" + "{\"name\":\"a\"},".repeat(1000) + "{}]", null).good())
                .isEmpty();
        assertThat(read("[" + "{\"name\":\"a\"},".repeat(999) + "{}]", null).good())
                .hasSize(999);
    }

    @Test
    void manyErrorsAreCountedAndTheFirstHundredListed() {
        SignalBatch batch = read("[" + "{},".repeat(999) + "{}]", null);

        assertThat(batch.bad()).isEqualTo(1000);
        assertThat(batch.errors()).hasSize(100);
    }

    @Test
    void anIdempotencyKeyThatIsTooLongIsNamed() {
        assertThat(read("{\"name\":\"a\"}", "k".repeat(201)).errors())
                .containsExactly(
                        new Problem.Fault("/Idempotency-Key", "must have at most 200 characters, but has 201"));
    }

    private static SignalBatch read(String body, @Nullable String key) {
        return SignalBatch.read(Signals.json(body), key, NAMED, Signals.ORIGIN);
    }
}
