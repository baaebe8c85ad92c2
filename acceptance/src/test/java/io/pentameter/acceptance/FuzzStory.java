package io.pentameter.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The short version of {@code ./pentameter fuzz}: always the same mutants. The long one's findings are in docs/fuzz.md. */
@ExtendWith(RunningStack.Extension.class)
class FuzzStory {

    private static final String SEED = "20261121";

    private final RunningStack stack;

    FuzzStory(RunningStack stack) {
        this.stack = stack;
    }

    @Test
    void brokenRequestsOnEveryRouteAreAnsweredAndAccountedFor() {
        String said = stack.command("fuzz", "--seconds", "10", "--seed", SEED);

        assertThat(said).contains("fuzz: nothing found").contains("pending 0");
    }
}
