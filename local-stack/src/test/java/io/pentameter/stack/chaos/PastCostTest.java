package io.pentameter.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.stack.chaos.Stages.Stage;
import io.pentameter.stack.chaos.Stages.Step;
import io.pentameter.stack.http.JsonApi;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PastCostTest {

    private static final BigDecimal BILLED = new BigDecimal("0.4");
    private static final BigDecimal HALF = new BigDecimal("0.2");

    private final Past past = new Past(
            "past",
            Instant.EPOCH,
            Instant.EPOCH.plusSeconds(60),
            List.of(new Trace("g", "t", Set.of(), new Amounts(3, 1, 1, 400_000_000L))));
    private final PastCost cost = new PastCost(JsonApi.open(""), past, new Stages());

    @Test
    void oneOrTheOtherIsRightWhileOneIsApplied() {
        Step step = new Step(3, Stage.APPLYING);

        look(BILLED, step);
        look(BILLED, step);
        look(HALF, step);
        look(HALF, step);

        assertThat(cost.faults()).isEmpty();
    }

    @Test
    void whatIsAppliedDoesNotGoAwayAgain() {
        Step step = new Step(3, Stage.APPLYING);

        look(HALF, step);
        look(BILLED, step);

        assertThat(cost.faults()).containsExactly("APPLYING: the past cost 0.4");
    }

    @Test
    void theNextTimeBeginsAnew() {
        look(HALF, new Step(3, Stage.APPLYING));
        look(BILLED, new Step(9, Stage.APPLYING));

        assertThat(cost.faults()).isEmpty();
    }

    @Test
    void whatIsTakenBackDoesNotComeAgain() {
        Step step = new Step(5, Stage.REVERTING);

        look(HALF, step);
        look(BILLED, step);
        look(HALF, step);

        assertThat(cost.faults()).containsExactly("REVERTING: the past cost 0.2");
    }

    @Test
    void whenItIsAnsweredThereIsOneAmountOnly() {
        look(BILLED, new Step(4, Stage.APPLIED));
        look(HALF, new Step(6, Stage.REVERTED));
        look(HALF, new Step(8, Stage.CALCULATED));

        assertThat(cost.faults())
                .containsExactly(
                        "APPLIED: the past cost 0.4", "REVERTED: the past cost 0.2", "CALCULATED: the past cost 0.2");
    }

    @Test
    void anAnswerFromBetweenTwoStepsMayBeEither() {
        cost.judge(HALF, new Step(2, Stage.CALCULATED), new Step(3, Stage.APPLYING));
        cost.judge(BILLED, new Step(4, Stage.APPLIED), new Step(5, Stage.REVERTING));

        assertThat(cost.faults()).isEmpty();
    }

    @Test
    void anyOtherAmountIsHalfDone() {
        cost.judge(new BigDecimal("0.3"), new Step(3, Stage.APPLYING), new Step(4, Stage.APPLIED));

        assertThat(cost.faults()).containsExactly("half done: the past cost 0.3, neither 0.400000000 nor 0.200000000");
    }

    private void look(BigDecimal amount, Step step) {
        cost.judge(amount, step, step);
    }
}
