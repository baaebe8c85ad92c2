package io.pentameter.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompensatedSumTest {

    @Test
    void keepsWhatAPlainSumLoses() {
        assertThat(CompensatedSum.of(1, 1e100, 1, -1e100)).isEqualTo(2);
        assertThat(CompensatedSum.of(1e100, 1, -1e100, 1)).isEqualTo(2);
        assertThat(CompensatedSum.of(-1e100, 1, 1e100, 0.5)).isEqualTo(1.5);
        assertThat(CompensatedSum.of()).isZero();
        double tenths = 0;
        CompensatedSum exact = new CompensatedSum();
        for (int i = 0; i < 1_000_000; i++) {
            tenths += 0.1;
            assertThat(exact.add(0.1)).isSameAs(exact);
        }
        assertThat(exact.value()).isEqualTo(100_000.0);
        assertThat(tenths).isNotEqualTo(100_000.0);
    }

    @Test
    void anOverflowStaysInfinite() {
        assertThat(CompensatedSum.of(Double.MAX_VALUE, Double.MAX_VALUE)).isInfinite();
        assertThat(CompensatedSum.of(Double.POSITIVE_INFINITY, 5, -3)).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
