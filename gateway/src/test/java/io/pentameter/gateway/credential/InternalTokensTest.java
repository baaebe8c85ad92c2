package io.pentameter.gateway.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenSigner;
import io.pentameter.kit.token.TokenVerifier;
import java.time.Instant;
import java.util.Set;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class InternalTokensTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Caller CALLER =
            new Caller("gateway", "key_1", "acme", Set.of(Scope.INGEST), Set.of(), "key_1", "collector");

    private Instant now = NOON;

    @Test
    void oneTokenIsUsedForAMinuteAndNeverAfter() throws JoseException {
        OctetKeyPairJsonWebKey key = OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
        key.setKeyId("gateway");
        InternalTokens tokens = new InternalTokens(new TokenSigner(key, () -> now), () -> now);
        TokenVerifier verifier = new TokenVerifier(new JsonWebKeySet(key), () -> now);

        String first = tokens.authorization(CALLER);
        now = NOON.plusSeconds(59);
        String same = tokens.authorization(CALLER);
        now = NOON.plusSeconds(60);
        String next = tokens.authorization(CALLER);

        assertThat(same).isEqualTo(first);
        assertThat(next).isNotEqualTo(first);
        assertThat(verifier.verify(next)).isEqualTo(CALLER);
    }
}
