package io.pentameter.stack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.stack.chaos.Stages.Stage;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StagesTest {

    private final Stages stages = new Stages();

    @Test
    void aKillWhileOneIsAppliedCounts() {
        stages.become(Stage.APPLYING);

        stages.strike("kafka", () -> {});

        assertThat(stages.struck("kafka", Stage.APPLYING)).isOne();
        assertThat(stages.told()).isEqualTo("kafka 1 while it was applied");
    }

    @Test
    void aKillThatCameTooLateDoesNotCount() {
        stages.become(Stage.APPLYING);

        stages.strike("kafka", () -> stages.become(Stage.APPLIED));

        assertThat(stages.struck("kafka", Stage.APPLYING)).isZero();
        assertThat(stages.told()).isEmpty();
    }

    @Test
    void aKillInACalculationCountsOnceTheFirstAnswerAfterItSaysSo() {
        stages.become(Stage.CALCULATING);
        int asked = stages.strikes();
        stages.strike("clickhouse", () -> {});

        stages.heard(asked, true); // asked before the kill: it tells nothing
        assertThat(stages.struck("clickhouse", Stage.CALCULATING)).isZero();

        stages.heard(stages.strikes(), true);
        stages.heard(stages.strikes(), true);
        assertThat(stages.struck("clickhouse", Stage.CALCULATING)).isOne();
    }

    @Test
    void aKillAfterACalculationDoesNotCount() {
        stages.become(Stage.CALCULATING);
        stages.strike("clickhouse", () -> {});

        stages.heard(stages.strikes(), false);
        stages.heard(stages.strikes(), true); // of the next one

        assertThat(stages.struck("clickhouse", Stage.CALCULATING)).isZero();
    }

    @Test
    void aKillInBetweenDoesNotCount() {
        stages.become(Stage.CALCULATED);

        stages.strike("kafka", () -> {});

        assertThat(stages.told()).isEmpty();
    }

    @Test
    void aStageIsWaitedForNoLongerThanTheLimit() {
        assertThat(stages.await(Stage.APPLYING, Duration.ofMillis(20))).isFalse();

        stages.become(Stage.APPLYING);

        assertThat(stages.await(Stage.APPLYING, Duration.ZERO)).isTrue();
    }

    @Test
    void theNextStrikeIsAtTheStageThatWasStruckLeast() {
        Strikes strikes = new Strikes(stages, new SplittableRandom(1));
        assertThat(strikes.next("kafka")).isEqualTo(Stage.CALCULATING);

        stages.become(Stage.CALCULATING);
        stages.strike("kafka", () -> {});
        stages.heard(stages.strikes(), true);
        assertThat(strikes.next("kafka")).isEqualTo(Stage.APPLYING);
        assertThat(strikes.next("clickhouse")).isEqualTo(Stage.CALCULATING);

        stages.become(Stage.APPLYING);
        stages.strike("kafka", () -> {});
        assertThat(strikes.next("kafka")).isEqualTo(Stage.REVERTING);
    }
}
