package io.pentameter.gateway.credential;

import static io.pentameter.gateway.credential.KeyVerdict.EXPIRED;
import static io.pentameter.gateway.credential.KeyVerdict.REVOKED;
import static io.pentameter.gateway.credential.KeyVerdict.ROTATED_AWAY;
import static io.pentameter.gateway.credential.KeyVerdict.TENANT_SUSPENDED;
import static io.pentameter.gateway.credential.KeyVerdict.UNKNOWN;
import static io.pentameter.gateway.credential.KeyVerdict.VALID;
import static org.assertj.core.api.Assertions.assertThat;

import io.pentameter.gateway.limit.Limits;
import io.pentameter.kit.token.Scope;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredKeyTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Limits LIMITS = new Limits(1, 1, 1);

    @Test
    void theSecretDecidesBeforeEverythingElse() {
        StoredKey key = key(null, null, false, false);

        assertThat(key.judge("current", NOON)).isEqualTo(VALID);
        assertThat(key.judge("other", NOON)).isEqualTo(UNKNOWN);
        assertThat(key.judge("", NOON)).isEqualTo(UNKNOWN);
        assertThat(key(null, null, true, true).judge("other", NOON)).isEqualTo(UNKNOWN);
    }

    @Test
    void thePreviousSecretIsTakenUntilTheOverlapIsOver() {
        StoredKey key = key(NOON, null, false, false);

        assertThat(key.judge("previous", NOON.minusNanos(1))).isEqualTo(VALID);
        assertThat(key.judge("previous", NOON)).isEqualTo(ROTATED_AWAY);
        assertThat(key.judge("current", NOON)).isEqualTo(VALID);
    }

    @Test
    void itExpiresAtTheInstantItSays() {
        StoredKey key = key(null, NOON, false, false);

        assertThat(key.judge("current", NOON.minusNanos(1))).isEqualTo(VALID);
        assertThat(key.judge("current", NOON)).isEqualTo(EXPIRED);
    }

    @Test
    void revokedAndSuspendedAreToldToWhoKnowsTheSecret() {
        assertThat(key(null, NOON, true, true).judge("current", NOON)).isEqualTo(REVOKED);
        assertThat(key(null, null, false, true).judge("current", NOON)).isEqualTo(TENANT_SUSPENDED);
        assertThat(TENANT_SUSPENDED.refusal().kind().status()).isEqualTo(403);
        assertThat(REVOKED.refusal().kind().status()).isEqualTo(401);
    }

    static StoredKey key(
            @Nullable Instant previousUntil, @Nullable Instant expiresAt, boolean revoked, boolean suspended) {
        return new StoredKey(
                "key_1",
                "acme",
                "collector",
                Set.of(Scope.INGEST),
                SecretHash.of("current"),
                previousUntil == null ? null : SecretHash.of("previous"),
                previousUntil,
                expiresAt,
                revoked,
                suspended,
                LIMITS,
                LIMITS);
    }
}
