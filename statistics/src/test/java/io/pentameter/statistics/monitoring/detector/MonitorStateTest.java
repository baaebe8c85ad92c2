package io.pentameter.statistics.monitoring.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pentameter.statistics.interval.Interval;
import io.pentameter.statistics.monitoring.detector.MonitorState.Acknowledged;
import io.pentameter.statistics.monitoring.detector.MonitorState.Alarmed;
import io.pentameter.statistics.monitoring.detector.MonitorState.Armed;
import io.pentameter.statistics.monitoring.detector.MonitorState.Cooling;
import io.pentameter.statistics.monitoring.detector.MonitorState.Learning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorStateTest {

    private static final Instant T = Instant.parse("2026-03-02T10:00:00Z");

    @Test
    void goesFromLearningToAlarmAndBack() {
        Armed armed = new Learning(T).learned(T.plusSeconds(10));
        Alarmed alarmed = armed.alarm(T.plusSeconds(20));
        Acknowledged acknowledged = alarmed.acknowledge(T.plusSeconds(30));
        Cooling cooling = acknowledged.resolve(T.plusSeconds(40));

        assertThat(cooling).isEqualTo(alarmed.resolve(T.plusSeconds(40)));
        assertThat(cooling.until()).isEqualTo(T.plusSeconds(40).plus(Duration.ofHours(24)));
        assertThat(cooling.at(cooling.until().minusMillis(1))).isSameAs(cooling);
        assertThat(cooling.at(cooling.until())).isEqualTo(new Armed(cooling.until()));
        assertThat(cooling.relearn(T)).isEqualTo(new Learning(T));
    }

    @Test
    void onlyAnArmedStreamPagesAndIncidentsFreezeTheBaseline() {
        assertThat(List.of(new Learning(T), new Armed(T), new Alarmed(T), new Acknowledged(T), new Cooling(T, T)))
                .extracting(MonitorState::pages)
                .containsExactly(false, true, false, false, false);
        assertThat(List.of(new Learning(T), new Armed(T), new Alarmed(T), new Acknowledged(T), new Cooling(T, T)))
                .extracting(MonitorState::feedsBaseline)
                .containsExactly(true, true, false, false, true);
        assertThatIllegalArgumentException().isThrownBy(() -> new Cooling(T, T.minusSeconds(1)));
    }

    @Test
    void recoversAfterTwoDaysThatHoldTheBaseline() {
        Interval holds = new Interval(0.85, 0.95);
        Interval misses = new Interval(0.70, 0.80);
        Interval says = new Interval(0, 1);

        assertThat(Recovery.DEFAULT.isRecovered(List.of(misses, holds, holds), 0.9))
                .isTrue();
        assertThat(Recovery.DEFAULT.isRecovered(List.of(holds, misses, holds), 0.9))
                .isFalse();
        assertThat(Recovery.DEFAULT.isRecovered(List.of(holds), 0.9)).isFalse();
        assertThat(Recovery.DEFAULT.isRecovered(List.of(says, says), 0.9)).isFalse();
    }

    @Test
    void aStreamOfFewUnitsStarves() {
        assertThat(Feed.DEFAULT.isStarved(3, 1)).isTrue();
        assertThat(Feed.DEFAULT.isStarved(140, 7)).isFalse();
        assertThat(Feed.DEFAULT.isStarved(139, 7)).isTrue();
    }
}
