package io.pentameter.gateway.credential;

import io.pentameter.gateway.error.Refusal;
import io.pentameter.gateway.limit.LimitConfig;
import io.pentameter.kit.problem.ProblemKind;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jspecify.annotations.Nullable;

/**
 * People: the token is verified against the identity provider's keys, the tenants and roles come from our tables.
 *
 * <p>A verified token is remembered, by its hash, until it expires: a console asks often, and RSA is not free.
 */
@ApplicationScoped
class HttpPeople {

    /** Most verified tokens to remember; beyond it the memory is emptied and filled anew. */
    private static final int MAX_REMEMBERED = 10_000;

    private static final Refusal PROVIDER_AWAY = Refusal.unavailable(
            "identity_provider_away", "the identity provider cannot be reached; API keys work meanwhile");
    private static final Refusal EXPIRED =
            Refusal.of(ProblemKind.UNAUTHENTICATED, "token_expired", "the access token has expired; get a new one");
    private static final Refusal INVALID = Refusal.of(
            ProblemKind.UNAUTHENTICATED,
            "token_invalid",
            "the bearer token is neither an API key nor a valid access token of this platform");

    private final IdentityProviderManager identities;
    private final MembershipCache memberships;
    private final LimitConfig limits;
    private final InstantSource clock;
    private final Map<String, Person> verified = new ConcurrentHashMap<>();

    HttpPeople(
            IdentityProviderManager identities, MembershipCache memberships, LimitConfig limits, InstantSource clock) {
        this.identities = identities;
        this.memberships = memberships;
        this.limits = limits;
        this.clock = clock;
    }

    CompletableFuture<Authentication> authenticate(String token, RoutingContext context) {
        String hash = HexFormat.of().formatHex(SecretHash.sha256(token));
        Person known = verified.get(hash);
        if (known != null) {
            if (clock.instant().isBefore(known.expiresAt())) {
                return decide(known);
            }
            verified.remove(hash);
            return CompletableFuture.completedFuture(new Authentication.Refused(EXPIRED));
        }
        CompletableFuture<Authentication> authenticated = identities
                .authenticate(HttpSecurityUtils.setRoutingContextAttribute(
                        new TokenAuthenticationRequest(new AccessTokenCredential(token)), context))
                .subscribeAsCompletionStage()
                .thenApply(HttpPeople::person)
                .thenCompose(person -> {
                    remember(hash, person);
                    return decide(person);
                });
        return authenticated.exceptionally(failure -> new Authentication.Refused(refusal(failure)));
    }

    private void remember(String hash, Person person) {
        if (verified.size() >= MAX_REMEMBERED) {
            verified.clear();
        }
        verified.put(hash, person);
    }

    private CompletableFuture<Authentication> decide(Person person) {
        return memberships
                .of(person)
                .handle((found, failure) -> failure == null
                        ? TenantChoice.decide(person, found, limits.key().limits())
                        : new Authentication.Refused(HttpAuthentication.STORE_AWAY));
    }

    private static Refusal refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof AuthenticationFailedException)) {
            return PROVIDER_AWAY;
        }
        return cause.getCause() instanceof InvalidJwtException invalid && invalid.hasExpired() ? EXPIRED : INVALID;
    }

    private static Person person(SecurityIdentity identity) {
        JsonWebToken token = (JsonWebToken) identity.getPrincipal();
        String email = token.getClaim("email");
        boolean isVerified = isTrue(token.getClaim("email_verified"));
        String name = token.getClaim("name");
        return new Person(
                token.getSubject(),
                email == null || !isVerified ? null : email.toLowerCase(Locale.ROOT),
                name == null || name.isBlank() ? token.getSubject() : name,
                token.getClaim("tenant"),
                identity.hasRole(Role.OPERATOR_REALM_ROLE),
                Instant.ofEpochSecond(token.getExpirationTime()));
    }

    private static boolean isTrue(@Nullable Object claim) {
        return Boolean.TRUE.equals(claim) || JsonValue.TRUE.equals(claim);
    }
}
