package io.pentameter.alert.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.pentameter.alert.rule.Verdict.Breached;
import io.pentameter.alert.rule.Verdict.Calm;
import io.pentameter.alert.rule.Verdict.NoEvidence;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionTest {

    private static final long ENOUGH = 20;

    static Stream<Arguments> borders() {
        return Stream.of(
                argumentSet("above: at the threshold", Comparison.ABOVE, "2000", false),
                argumentSet("above: just over it", Comparison.ABOVE, "2000.000000001", true),
                argumentSet("above: the same written otherwise", Comparison.ABOVE, "2E+3", false),
                argumentSet("at least: at the threshold", Comparison.AT_LEAST, "2000.0", true),
                argumentSet("at least: just under it", Comparison.AT_LEAST, "1999.999999999", false),
                argumentSet("below: at the threshold", Comparison.BELOW, "2000", false),
                argumentSet("below: just under it", Comparison.BELOW, "1999.999999999", true),
                argumentSet("at most: at the threshold", Comparison.AT_MOST, "2000", true),
                argumentSet("at most: just over it", Comparison.AT_MOST, "2000.000000001", false));
    }

    @ParameterizedTest
    @MethodSource("borders")
    void judgesAtTheBorder(Comparison comparison, String value, boolean isBreached) {
        Verdict verdict = condition(comparison, null).judge(observation(value, ENOUGH), false);

        assertThat(verdict)
                .isEqualTo(
                        isBreached
                                ? new Breached(new BigDecimal(value), ENOUGH)
                                : new Calm(new BigDecimal(value), ENOUGH));
    }

    @Test
    void anUnknownValueIsNoEvidenceWhateverTheSample() {
        assertThat(condition(Comparison.ABOVE, null).judge(new Observation(null, 1_000_000), false))
                .isEqualTo(new NoEvidence(NoEvidence.Reason.UNKNOWN_VALUE, 1_000_000));
        assertThat(condition(Comparison.BELOW, null).judge(Observation.ABSENT, true))
                .isEqualTo(new NoEvidence(NoEvidence.Reason.UNKNOWN_VALUE, 0));
    }

    @Test
    void oneTooFewIsNoEvidenceAndExactlyEnoughIs() {
        Condition condition = condition(Comparison.ABOVE, null);

        assertThat(condition.judge(observation("9999", ENOUGH - 1), false))
                .isEqualTo(new NoEvidence(NoEvidence.Reason.SAMPLE_TOO_SMALL, ENOUGH - 1));
        assertThat(condition.judge(observation("9999", ENOUGH), false)).isInstanceOf(Breached.class);
    }

    @Test
    void aFiringAlertMustComeBackToTheResolveThreshold() {
        Condition condition = condition(Comparison.ABOVE, new BigDecimal("1500"));

        assertThat(condition.judge(observation("1800", ENOUGH), true)).isInstanceOf(Breached.class);
        assertThat(condition.judge(observation("1500", ENOUGH), true)).isInstanceOf(Calm.class);
        assertThat(condition.judge(observation("1800", ENOUGH), false)).isInstanceOf(Calm.class);
    }

    @Test
    void refusesAResolveThresholdOnTheBadSide() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> condition(Comparison.ABOVE, new BigDecimal("2000.1")))
                .withMessage("resolveThreshold must be on the good side of threshold 2000: 2000.1");
        assertThatIllegalArgumentException().isThrownBy(() -> condition(Comparison.AT_MOST, new BigDecimal("1999")));
        assertThat(condition(Comparison.AT_MOST, new BigDecimal("2000"))).isNotNull();
    }

    private static Condition condition(Comparison comparison, @Nullable BigDecimal resolveThreshold) {
        return new Condition(
                Measure.LATENCY_P95, comparison, new BigDecimal("2000"), resolveThreshold, SampleOf.REQUESTS, ENOUGH);
    }

    private static Observation observation(String value, long sample) {
        return new Observation(new BigDecimal(value), sample);
    }
}
