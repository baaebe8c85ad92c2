package io.pentameter.kit.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs internal tokens with one issuer's Ed25519 key. */
public final class TokenSigner {

    /** How long a token is valid; verifiers refuse a longer life. */
    public static final Duration LIFETIME = Duration.ofMinutes(2);

    static final String AUDIENCE = "pentameter";
    static final String ALGORITHM = "EdDSA";

    private final OctetKeyPairJsonWebKey key;
    private final InstantSource clock;

    /**
     * @param key   private Ed25519 JWK whose {@code kid} is the issuer's name
     * @param clock gives the time of issue
     */
    public TokenSigner(OctetKeyPairJsonWebKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /**
     * A signer with the private JWK in a file.
     *
     * @throws IllegalArgumentException if the file holds no private Ed25519 JWK with a {@code kid}
     */
    public static TokenSigner fromFile(Path file, InstantSource clock) {
        try {
            JsonWebKey parsed = JsonWebKey.Factory.newJwk(Files.readString(file));
            if (!(parsed instanceof OctetKeyPairJsonWebKey pair)
                    || pair.getPrivateKey() == null
                    || pair.getKeyId() == null) {
                throw new IllegalArgumentException("not a private Ed25519 JWK with a kid: " + file);
            }
            return new TokenSigner(pair, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalArgumentException("not a JWK: " + file, e);
        }
    }

    /** Compact token for a caller; {@link Caller#issuer} is replaced by the key's {@code kid}. */
    public String sign(Caller caller) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(key.getKeyId());
        claims.setAudience(AUDIENCE);
        claims.setSubject(caller.subject());
        long now = clock.instant().getEpochSecond();
        claims.setIssuedAt(NumericDate.fromSeconds(now));
        claims.setExpirationTime(NumericDate.fromSeconds(now + LIFETIME.toSeconds()));
        claims.setStringClaim("name", caller.name());
        claims.setStringListClaim(
                "scopes", caller.scopes().stream().map(Scope::word).sorted().toList());
        claims.setStringListClaim("roles", List.copyOf(caller.roles()));
        if (caller.tenant() != null) {
            claims.setStringClaim("tenant", caller.tenant());
        }
        if (caller.key() != null) {
            claims.setStringClaim("key", caller.key());
        }
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(ALGORITHM);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the signing key does not sign", e);
        }
    }

    /** Token of a service for another's internal routes. */
    public String signService() {
        return sign(new Caller(
                key.getKeyId(), key.getKeyId(), null, Set.of(Scope.SERVICE), Set.of(), null, key.getKeyId()));
    }
}
