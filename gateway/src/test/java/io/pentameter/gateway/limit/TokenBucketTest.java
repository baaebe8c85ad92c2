package io.pentameter.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void aFullBucketHoldsTheBurstAndNoMoreHoweverLongItStands() {
        TokenBucket bucket = new TokenBucket(10, 5, 0);

        assertThat(bucket.has(50, 0)).isTrue();
        assertThat(bucket.has(50.001, 1000 * SECOND)).isFalse();
        assertThat(bucket.remaining(1000 * SECOND)).isEqualTo(50);
    }

    @Test
    void whatIsDrawnBelowZeroMustFillUpAgainBeforeOneMoreMayPass() {
        TokenBucket bucket = new TokenBucket(10, 5, 0);

        bucket.draw(1000, 0);

        assertThat(bucket.remaining(0)).isZero();
        assertThat(bucket.until(1, 0)).isEqualTo(Duration.ofMillis(95_100));
        assertThat(bucket.has(1, 95 * SECOND + 99_999_999)).isFalse();
        assertThat(bucket.has(1, 95 * SECOND + 100_000_000)).isTrue();
    }

    @Test
    void moreThanFitsInIsWaitedForOnlyUntilTheBucketIsFull() {
        TokenBucket bucket = new TokenBucket(10, 5, 0);
        bucket.draw(10, 0);

        assertThat(bucket.until(500, 0)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aClockThatStandsStillOrStepsBackFillsNothing() {
        TokenBucket bucket = new TokenBucket(10, 1, SECOND);
        bucket.draw(10, SECOND);

        assertThat(bucket.has(1, SECOND)).isFalse();
        assertThat(bucket.has(1, 0)).isFalse();
    }

    @Test
    void anotherRateKeepsWhatIsInItInProportion() {
        TokenBucket bucket = new TokenBucket(10, 5, 0);
        bucket.draw(25, 0);

        bucket.changeRate(100, 5, 0);

        assertThat(bucket.capacity()).isEqualTo(500);
        assertThat(bucket.remaining(0)).isEqualTo(250);
        assertThat(bucket.rate()).isEqualTo(100);
    }

    @Test
    void overAnyTimeNoMorePassesThanTheBurstAndTheRateAllow() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            long rate = random.nextLong(1, 500);
            TokenBucket bucket = new TokenBucket(rate, 2, 0);
            long now = 0;
            long passed = 0;
            for (int i = 0; i < 500; i++) {
                now += random.nextLong(SECOND / 50);
                if (bucket.has(1, now)) {
                    bucket.draw(1, now);
                    passed++;
                }
            }

            assertThat((double) passed).isLessThanOrEqualTo(rate * 2 + rate * now / 1e9 + 1e-6);
        }
    }

    @Test
    void aRateBelowOneBurstStillLetsOneThrough() {
        TokenBucket bucket = new TokenBucket(1, 0.1, 0);

        assertThat(bucket.has(1, 0)).isTrue();
        bucket.draw(1, 0);
        assertThat(bucket.until(1, 0).toMillis() / 1000.0).isCloseTo(1, within(0.001));
    }
}
