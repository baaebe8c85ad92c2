package io.pentameter.statistics.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.pentameter.statistics.cases.PublishedCase;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RandomnessTest {

    private static final RandomnessKey KEY = key("judge-2026w47");

    @Test
    @DisplayName("rv-from-request-id")
    void matchesRvFromRequestId() {
        PublishedCase published = PublishedCase.of("01_sampling", "rv-from-request-id");
        RandomnessKey key = key(published.input().path("key").asText());

        for (int i = 0; i < published.input().path("ids").size(); i++) {
            String[] id = published.input().path("ids").get(i).asText().split("\\|", 2);
            Randomness randomness = key.of(id[0], id[1]);

            assertThat(randomness.rv())
                    .isEqualTo(published.expected().path("rv").get(i).asText());
            assertThat(randomness.fraction())
                    .isEqualTo(published.expected().path("fraction").get(i).doubleValue());
            assertThat(randomness.isKeptAt(Threshold.ofProbability(0.5)))
                    .isEqualTo(
                            published.expected().path("keep_at_pi_0_5").get(i).booleanValue());
        }
    }

    @Test
    void macIsThatOfRfc4231() {
        PublishedCase published = PublishedCase.of("01_sampling", "rv-from-request-id");
        RandomnessKey key = new RandomnessKey(HexFormat.of()
                .parseHex(published.whole().path("rfc4231_tc1").path("key_hex").asText()));

        byte[] mac = key.mac("Hi There".getBytes(StandardCharsets.UTF_8));

        assertThat(HexFormat.of().formatHex(mac))
                .isEqualTo(published.whole().path("rfc4231_tc1").path("hex").asText());
    }

    @Test
    void isTheSameOnEveryRetryAndDiffersByTenantAndPhase() {
        assertThat(KEY.of("tenant-a", "r1")).isEqualTo(KEY.of("tenant-a", "r1"));
        assertThat(KEY.of("tenant-a", "r1")).isNotEqualTo(KEY.of("tenant-b", "r1"));
        assertThat(KEY.of("tenant-a", "r1")).isNotEqualTo(key("human-2026w47").of("tenant-a", "r1"));
    }

    @Test
    void isUniform() {
        int kept = 0;
        for (int i = 0; i < 20_000; i++) {
            kept += KEY.of("tenant", "request-" + i).isKeptAt(Threshold.ofProbability(0.2)) ? 1 : 0;
        }

        assertThat(kept / 20_000.0).isCloseTo(0.2, within(4 * Math.sqrt(0.16 / 20_000)));
    }

    @Test
    void takesTheLastSevenBytesOfATraceId() {
        assertThat(Randomness.ofTraceId("4bf92f3577b34da6a3ce929d0e0e4736").rv())
                .isEqualTo("ce929d0e0e4736");
    }

    @Test
    void selectsExactlyWhenTheUniformNumberIsWithinTheProbability() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 10_000; i++) {
            Randomness randomness = new Randomness(random.nextLong(Randomness.SPAN));
            double probability = Math.exp(-random.nextDouble(20));

            boolean kept = randomness.isKeptAt(Threshold.ofProbability(probability));

            assertThat(kept)
                    .isEqualTo(randomness.uniform()
                            <= Threshold.ofProbability(probability).probability());
        }
    }

    @Test
    void keepsTheEndsOfItsRange() {
        assertThat(Randomness.ofRv("00000000000000").uniform()).isOne();
        assertThat(Randomness.ofRv("00000000000000").isKeptAt(Threshold.ALL)).isTrue();
        assertThat(Randomness.ofRv("ffffffffffffff").uniform()).isEqualTo(0x1p-56);
        assertThat(Randomness.ofRv("ffffffffffffff").isKeptAt(Threshold.ofProbability(0x1p-56)))
                .isTrue();
    }

    @Test
    void refusesWhatIsNotRandomness() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Randomness.ofRv("6E6D1A75832A2F"))
                .withMessage("rv must be 14 digits 0-9a-f: 6E6D1A75832A2F");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Randomness.ofTraceId("abc"))
                .withMessage("traceId must be 32 digits 0-9a-f: abc");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Randomness(-1))
                .withMessage("bits must be in 0..2^56-1: -1");
        assertThatIllegalArgumentException().isThrownBy(() -> new Randomness(Randomness.SPAN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RandomnessKey(new byte[0]))
                .withMessage("secret must have at least one byte: 0 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KEY.of("a|b", "c"))
                .withMessage("tenantId must not be empty and not hold '|': 'a|b'");
        assertThatIllegalArgumentException().isThrownBy(() -> KEY.of("", "c"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KEY.of("a", ""))
                .withMessage("requestId must not be empty: ''");
    }

    @Test
    void readsAndWritesTheTraceState() {
        OtelTraceState state = OtelTraceState.parse("th:c;x:1;rv:6e6d1a75832a2f");

        assertThat(state.threshold()).contains(Threshold.ofProbability(0.25));
        assertThat(state.randomness()).contains(Randomness.ofRv("6e6d1a75832a2f"));
        assertThat(state.others()).containsExactly("x:1");
        assertThat(state.format()).isEqualTo("th:c;rv:6e6d1a75832a2f;x:1");
        assertThat(OtelTraceState.parse("th:xyz;rv:1;;junk;a:b"))
                .isEqualTo(new OtelTraceState(Optional.empty(), Optional.empty(), List.of("a:b")));
        assertThat(OtelTraceState.parse("").format()).isEmpty();
    }

    private static RandomnessKey key(String secret) {
        return new RandomnessKey(secret.getBytes(StandardCharsets.UTF_8));
    }
}
