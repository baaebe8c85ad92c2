package io.pentameter.kit.token;

import java.security.Key;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Turns an internal token into the {@link Caller} it speaks for, or refuses it.
 *
 * <p>A verified token is remembered until it expires: checking one signature for each request costs more than
 * everything else on the intake path. Thread-safe.
 */
public final class TokenVerifier {

    /** Most verified tokens to remember; beyond it the memory is emptied and filled anew. */
    static final int MAX_REMEMBERED = 20_000;

    private static final String GATEWAY = "gateway";

    private final JsonWebKeySet keys;
    private final InstantSource clock;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    private record Remembered(Caller caller, long expiresAtSecond) {}

    public TokenVerifier(JsonWebKeySet keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * @param jwks JSON of the public keys; the {@code kid} of each is the issuer that may sign with it
     * @throws IllegalArgumentException if it is no key set
     */
    public static TokenVerifier of(String jwks, InstantSource clock) {
        try {
            return new TokenVerifier(new JsonWebKeySet(jwks), clock);
        } catch (JoseException e) {
            throw new IllegalArgumentException("not a JSON web key set", e);
        }
    }

    /**
     * The caller of a request.
     *
     * @param authorization value of the Authorization header, absent if there was none
     * @throws InvalidTokenException if there is no token, or it is not signed by a known issuer, has expired, lives too
     *     long, or claims what its issuer may not give
     */
    public Caller verify(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            throw new InvalidTokenException("no internal token in the Authorization header");
        }
        String token = authorization.substring("Bearer ".length());
        long now = clock.instant().getEpochSecond();
        Remembered known = remembered.get(token);
        if (known != null && now < known.expiresAtSecond()) {
            return known.caller();
        }
        Remembered fresh = check(token, now);
        if (remembered.size() >= MAX_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(token, fresh);
        return fresh.caller();
    }

    private Remembered check(String token, long now) {
        try {
            JwtConsumer consumer = new JwtConsumerBuilder()
                    .setRequireSubject()
                    .setRequireExpirationTime()
                    .setRequireIssuedAt()
                    .setExpectedAudience(TokenSigner.AUDIENCE)
                    .setEvaluationTime(NumericDate.fromSeconds(now))
                    .setAllowedClockSkewInSeconds(5)
                    .setVerificationKeyResolver((signature, _) -> publicKey(signature))
                    .setJwsAlgorithmConstraints(AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA)
                    .build();
            var context = consumer.process(token);
            JwtClaims claims = context.getJwtClaims();
            String signedBy = ((JsonWebSignature) context.getJoseObjects().getFirst()).getKeyIdHeaderValue();
            if (!signedBy.equals(claims.getIssuer())) {
                throw new InvalidTokenException("the token is not signed by its issuer");
            }
            long expires = claims.getExpirationTime().getValue();
            if (expires - claims.getIssuedAt().getValue() > TokenSigner.LIFETIME.toSeconds()) {
                throw new InvalidTokenException("the token lives longer than internal tokens may");
            }
            return new Remembered(caller(claims), expires);
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
            throw new InvalidTokenException(
                    "the internal token was refused: " + e.getClass().getSimpleName());
        }
    }

    private static Caller caller(JwtClaims claims) throws MalformedClaimException {
        String issuer = claims.getIssuer();
        String tenant = claims.getStringClaimValue("tenant");
        Set<Scope> scopes = new HashSet<>();
        for (String word : claims.getStringListClaimValue("scopes")) {
            scopes.add(Scope.ofWord(word));
        }
        if (!issuer.equals(GATEWAY) && (tenant != null || !scopes.equals(Set.of(Scope.SERVICE)))) {
            throw new InvalidTokenException("only the gateway may speak for a tenant");
        }
        List<String> roles = claims.getStringListClaimValue("roles");
        String name = claims.getStringClaimValue("name");
        return new Caller(
                issuer,
                claims.getSubject(),
                tenant,
                scopes,
                roles == null ? Set.of() : Set.copyOf(roles),
                claims.getStringClaimValue("key"),
                name == null ? claims.getSubject() : name);
    }

    private Key publicKey(JsonWebSignature signature) {
        for (JsonWebKey key : keys.getJsonWebKeys()) {
            if (key.getKeyId() != null && key.getKeyId().equals(signature.getKeyIdHeaderValue())) {
                return key.getKey();
            }
        }
        throw new InvalidTokenException("the token is signed with an unknown key");
    }
}
