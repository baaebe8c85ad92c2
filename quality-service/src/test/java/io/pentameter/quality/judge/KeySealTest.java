package io.pentameter.quality.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class KeySealTest {

    private final KeySeal seal = seal((byte) 1);

    @Test
    void whatWasSealedOpensForItsOwnerOnly() {
        String sealed = seal.seal("sk-secret", "acme/jdg_1");

        assertThat(sealed).doesNotContain("secret").isNotEqualTo(seal.seal("sk-secret", "acme/jdg_1"));
        assertThat(seal.open(sealed, "acme/jdg_1")).isEqualTo("sk-secret");
        assertThatIllegalStateException().isThrownBy(() -> seal.open(sealed, "other/jdg_1"));
        assertThatIllegalStateException().isThrownBy(() -> seal((byte) 2).open(sealed, "acme/jdg_1"));
    }

    @Test
    void aKeyOfTheWrongLengthIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeySeal(Base64.getEncoder().encodeToString(new byte[16]), new SecureRandom()))
                .withMessage("the encryption key must be 32 bytes in base64: 16 bytes");
    }

    private static KeySeal seal(byte first) {
        byte[] key = new byte[32];
        key[0] = first;
        return new KeySeal(Base64.getEncoder().encodeToString(key), new SecureRandom());
    }
}
