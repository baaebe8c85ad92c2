package io.pentameter.quality.sampling;

import io.pentameter.statistics.sampling.Randomness;
import io.pentameter.statistics.sampling.RandomnessKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gives each logical request its random number. The key changes every week, so that the same users are not looked at for
 * ever, and belongs to the phase "judge" alone.
 *
 * <p>The week is that of the receive time; a request that is retried over the turn of the week may be drawn twice.
 */
public final class EpochKeys {

    /** Least length of the secret, bytes. */
    public static final int MIN_SECRET_BYTES = 16;

    private static final String PHASE = "judge";
    private static final long EPOCH_MICROS = Duration.ofDays(7).toNanos() / 1000;

    private final byte[] secret;
    private final Map<Long, RandomnessKey> keys = new ConcurrentHashMap<>();

    /** Takes the secret that all instances of the service share. */
    public EpochKeys(byte[] secret) {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "the sampling key must have %d bytes or more: %d".formatted(MIN_SECRET_BYTES, secret.length));
        }
        this.secret = secret.clone();
    }

    /** The number of a request received at that time. */
    public Randomness of(String tenant, String requestId, long receivedAtMicros) {
        return keys.computeIfAbsent(Math.floorDiv(receivedAtMicros, EPOCH_MICROS), this::key)
                .of(tenant, requestId);
    }

    private RandomnessKey key(long epoch) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return new RandomnessKey(mac.doFinal((PHASE + "|" + epoch).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
