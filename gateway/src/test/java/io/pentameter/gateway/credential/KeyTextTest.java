package io.pentameter.gateway.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyTextTest {

    /** Well formed, and never made. */
    static final String KEY = "pm_0123456789AB_" + "s".repeat(43);

    @Test
    void aKeyIsReadBackAsItWasMade() {
        SplittableRandom random = new SplittableRandom(42);
        KeyMint mint = new KeyMint(count -> {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        });

        for (int i = 0; i < 10_000; i++) {
            KeyText minted = mint.mint();

            assertThat(KeyText.parse(minted.text())).contains(minted);
            assertThat(minted.text()).hasSize(59).matches("pm_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}");
        }
    }

    @Test
    void everythingThatHasNotExactlyTheFormIsNoKey() {
        for (String text : new String[] {
            "",
            "pm_",
            KEY + "x",
            KEY.substring(1),
            KEY.replace("pm_", "pk_"),
            KEY.replace("AB_", "AB-"),
            KEY.replace("0", "ä"),
            KEY.replace("s", "_")
        }) {
            assertThat(KeyText.parse(text)).as(text).isEqualTo(Optional.empty());
        }
        assertThat(KeyText.parse(KEY)).isPresent();
    }

    @Test
    void theSecretDoesNotAppearInMessages() {
        assertThat(KeyText.parse(KEY).orElseThrow()).hasToString("pm_0123456789AB_…");
    }

    @Test
    void aSecretOf32BytesFits() {
        byte[] largest = new byte[32];
        java.util.Arrays.fill(largest, (byte) 0xff);
        byte[] almost = largest.clone();
        almost[31] = (byte) 0xfe;

        assertThat(Base62.encode(largest, 43)).isNotEqualTo(Base62.encode(almost, 43));
        assertThat(Base62.encode(largest, 44)).startsWith("0");
    }
}
