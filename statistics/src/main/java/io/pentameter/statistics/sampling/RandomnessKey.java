package io.pentameter.statistics.sampling;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gives each logical request its {@link Randomness}: the first 14 hexadecimal digits of
 * {@code HMAC-SHA256(key, tenantId + "|" + requestId)}.
 *
 * <p>Use another key for each phase (judge, human, gold): with a shared key the second draw is decided by the first, and the
 * product of the two probabilities is wrong. Change the keys weekly, or the same users are looked at for ever. Never take
 * randomness from outside the trust boundary: the sender could choose whether it is looked at.
 *
 * <p>Source: RFC 2104 and RFC 4231; the construction is Pentameter's. Safe for use by several threads.
 */
public final class RandomnessKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Mac prototype;

    /** Takes the secret of one phase and epoch; at least one byte. The bytes are copied. */
    public RandomnessKey(byte[] secret) {
        if (secret.length == 0) {
            throw new IllegalArgumentException("secret must have at least one byte: 0 bytes");
        }
        key = new SecretKeySpec(secret, ALGORITHM);
        prototype = newMac();
    }

    /**
     * The number of a logical request.
     *
     * @param tenantId  not empty and without {@code |}, so that no two pairs are written alike
     * @param requestId what stays the same over retries and fallbacks; not empty
     */
    public Randomness of(String tenantId, String requestId) {
        if (tenantId.isEmpty() || tenantId.indexOf('|') >= 0) {
            throw new IllegalArgumentException("tenantId must not be empty and not hold '|': '" + tenantId + "'");
        }
        if (requestId.isEmpty()) {
            throw new IllegalArgumentException("requestId must not be empty: ''");
        }
        byte[] digest = mac((tenantId + "|" + requestId).getBytes(StandardCharsets.UTF_8));
        return new Randomness(ByteBuffer.wrap(digest).getLong() >>> 8);
    }

    byte[] mac(byte[] message) {
        return freshMac().doFinal(message);
    }

    private Mac freshMac() {
        try {
            return (Mac) prototype.clone(); // saves the key schedule and the search for a provider
        } catch (CloneNotSupportedException _) {
            return newMac();
        }
    }

    private Mac newMac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
