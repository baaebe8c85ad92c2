package io.pentameter.kit.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

class TokenTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Caller KEY = new Caller(
            "gateway", "key_1", "acme", Set.of(Scope.INGEST, Scope.READ), Set.of(), "key_1", "collector of acme");

    private final OctetKeyPairJsonWebKey gateway = newKey("gateway");
    private final OctetKeyPairJsonWebKey alert = newKey("alert-service");
    private final JsonWebKeySet published = new JsonWebKeySet(gateway, alert);

    @Test
    void aSignedCallerIsVerifiedAsTheSameCaller() {
        String token = signer(gateway, NOON).sign(KEY);

        Caller caller = verifier(NOON).verify("Bearer " + token);

        assertThat(caller).isEqualTo(KEY);
    }

    @Test
    void aTokenIsRefusedOnceItHasExpiredEvenIfItWasRemembered() {
        String token = "Bearer " + signer(gateway, NOON).sign(KEY);
        Instant[] now = {NOON};
        TokenVerifier verifier = new TokenVerifier(published, () -> now[0]);
        assertThat(verifier.verify(token)).isEqualTo(KEY);

        now[0] = NOON.plus(TokenSigner.LIFETIME).plusSeconds(10);

        assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(() -> verifier.verify(token));
    }

    @Test
    void aServiceMayNotSpeakForATenant() {
        String token = "Bearer " + signer(alert, NOON).sign(KEY);

        assertThatExceptionOfType(InvalidTokenException.class)
                .isThrownBy(() -> verifier(NOON).verify(token))
                .withMessage("only the gateway may speak for a tenant");
    }

    @Test
    void aServiceTokenOpensInternalRoutesOnly() {
        Caller caller = verifier(NOON).verify("Bearer " + signer(alert, NOON).signService());

        assertThat(caller.require(Scope.SERVICE).tenant()).isNull();
        assertThatExceptionOfType(ForbiddenException.class).isThrownBy(() -> caller.require(Scope.READ));
        assertThatExceptionOfType(ForbiddenException.class).isThrownBy(caller::requireTenant);
    }

    @Test
    void aTokenSignedWithAnUnpublishedKeyIsRefused() {
        String token = "Bearer " + signer(newKey("gateway"), NOON).sign(KEY);

        assertThatExceptionOfType(InvalidTokenException.class)
                .isThrownBy(() -> verifier(NOON).verify(token));
    }

    @Test
    void aChangedOrMissingTokenIsRefused() {
        String token = signer(gateway, NOON).sign(KEY);
        String payload = token.split("\\.", -1)[1];
        String forged = token.replace(payload, payload.substring(0, payload.length() - 2) + "AA");

        for (String header : new String[] {null, "", "Basic x", "Bearer ", "Bearer x.y.z", "Bearer " + forged}) {
            assertThatExceptionOfType(InvalidTokenException.class)
                    .as("%s", header)
                    .isThrownBy(() -> verifier(NOON).verify(header));
        }
    }

    private TokenVerifier verifier(Instant now) {
        try {
            return TokenVerifier.of(published.toJson(OutputControlLevel.PUBLIC_ONLY), InstantSource.fixed(now));
        } catch (RuntimeException e) {
            throw new AssertionError(e);
        }
    }

    private static TokenSigner signer(OctetKeyPairJsonWebKey key, Instant now) {
        return new TokenSigner(key, InstantSource.fixed(now));
    }

    private static OctetKeyPairJsonWebKey newKey(String issuer) {
        try {
            OctetKeyPairJsonWebKey key = OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
            key.setKeyId(issuer);
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }
}
