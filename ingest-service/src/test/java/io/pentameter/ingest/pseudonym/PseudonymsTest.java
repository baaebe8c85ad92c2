package io.pentameter.ingest.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pentameter.ingest.config.TenantSettings;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PseudonymsTest {

    private static final TenantSettings REVERSIBLE = TenantSettings.STANDARD.withReversible(true);

    private final Map<String, TenantKey> keys = Map.of("acme", key(1), "globex", key(2));
    private final Pseudonyms pseudonyms = new Pseudonyms("secret", tenant -> Optional.ofNullable(keys.get(tenant)));

    @Test
    void anIdThatNeedsNoMaskStaysAsItIs() {
        Set<String> found = new HashSet<>();

        assertThat(pseudonyms.masked("acme", REVERSIBLE, "user-1", found)).isEqualTo("user-1");
        assertThat(found).isEmpty();
    }

    @Test
    void theSameIdHasTheSamePseudonymAndOnlyItsTenantCanResolveIt() {
        String one = pseudonyms.masked("acme", REVERSIBLE, "bob@x.org");
        String again = pseudonyms.masked("acme", REVERSIBLE, "bob@x.org");
        String another = pseudonyms.masked("acme", REVERSIBLE, "eve@x.org");
        String elsewhere = pseudonyms.masked("globex", REVERSIBLE, "bob@x.org");

        assertThat(one)
                .startsWith("[email]#~")
                .isEqualTo(again)
                .isNotEqualTo(another)
                .isNotEqualTo(elsewhere);
        assertThat(one).doesNotContain("bob");
        assertThat(pseudonyms.resolve("acme", one)).contains("bob@x.org");
        assertThat(pseudonyms.resolve("globex", one)).isEmpty();
        assertThat(pseudonyms.resolve("acme", one.replaceFirst("~.", "~A"))).isEmpty();
        assertThat(pseudonyms.resolve("acme", "[email]#~%%%")).isEmpty();
        assertThat(pseudonyms.resolve("acme", "bob@x.org")).isEmpty();
    }

    @Test
    void aTenantThatDoesNotAskForItGetsAHashWhichNobodyResolves() {
        String hashed = pseudonyms.masked("acme", TenantSettings.STANDARD, "bob@x.org");

        assertThat(hashed).matches("\\[email]#[0-9a-f]{8}");
        assertThat(pseudonyms.resolve("acme", hashed)).isEmpty();
    }

    @Test
    void whatWouldBeTooLongForADimensionIsHashed() {
        String id = "bob@" + "x".repeat(180) + ".org";

        assertThat(pseudonyms.masked("acme", REVERSIBLE, id)).matches("\\[email]#[0-9a-f]{8}");
    }

    @Test
    void withoutAKeyThePseudonymIsAHash() {
        assertThat(pseudonyms.masked("initech", REVERSIBLE, "bob@x.org")).matches("\\[email]#[0-9a-f]{8}");
    }

    /** RFC 5297 has no vector for keys of 512 bits: this one was made with the Python package cryptography. */
    @Test
    void whatWasSealedStaysResolvable() {
        byte[] bytes = new byte[TenantKey.SIZE];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }

        assertThat(new TenantKey(bytes).seal("bob@x.org")).isEqualTo(SEALED_BOB);
        assertThat(new TenantKey(bytes).open(SEALED_BOB)).contains("bob@x.org");
    }

    private static final String SEALED_BOB = "YxBfq-VXTZmT5OyZ-EG7RSegugMTHPgAYg";

    @Test
    void aKeyInTheDatabaseOpensWithTheSecretAndForTheTenantOnly() throws GeneralSecurityException {
        KeyWrap wrap = new KeyWrap("secret", new SecureRandom());
        byte[] wrapped = wrap.fresh("acme");

        assertThat(wrapped).hasSize(92);
        assertThat(wrap.open("acme", wrapped)).hasSize(TenantKey.SIZE);
        assertThat(HexFormat.of().formatHex(wrap.fresh("acme")))
                .isNotEqualTo(HexFormat.of().formatHex(wrapped));
        assertThatThrownBy(() -> wrap.open("globex", wrapped)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> new KeyWrap("other", new SecureRandom()).open("acme", wrapped))
                .isInstanceOf(GeneralSecurityException.class);
    }

    private static TenantKey key(int seed) {
        byte[] bytes = new byte[TenantKey.SIZE];
        Arrays.fill(bytes, (byte) seed);
        return new TenantKey(bytes);
    }
}
