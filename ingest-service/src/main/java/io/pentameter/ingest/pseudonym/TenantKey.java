package io.pentameter.ingest.pseudonym;

import com.google.crypto.tink.subtle.AesSiv;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;

/**
 * One tenant's key: AES-SIV (RFC 5297), which gives the same text for the same value and nothing else away, and refuses what
 * was changed.
 */
public final class TenantKey {

    /** Bytes of a key: 256 bits for the tag and 256 for the text. */
    static final int SIZE = 64;

    private static final byte[] PURPOSE = "pentameter pseudonym 1".getBytes(StandardCharsets.UTF_8);

    private final AesSiv cipher;

    /** @param key 64 random bytes */
    TenantKey(byte[] key) {
        try {
            this.cipher = new AesSiv(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a key must have " + SIZE + " bytes: " + key.length, e);
        }
    }

    /** Base64 without padding, safe in URLs; the same for the same value. */
    String seal(String value) {
        try {
            byte[] sealed = cipher.encryptDeterministically(value.getBytes(StandardCharsets.UTF_8), PURPOSE);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES", e);
        }
    }

    /** What was sealed; empty if it was not with this key. */
    Optional<String> open(String sealed) {
        try {
            byte[] value =
                    cipher.decryptDeterministically(Base64.getUrlDecoder().decode(sealed), PURPOSE);
            return Optional.of(new String(value, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
