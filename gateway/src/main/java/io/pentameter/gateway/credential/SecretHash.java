package io.pentameter.gateway.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a secret.
 *
 * <p>No salt and no slow function: the secret is 256 random bits, there is no dictionary to try, and the check is on the
 * path of every request.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record SecretHash(String hex) {

    public SecretHash {
        if (hex.length() != 64) {
            throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits: " + hex.length());
        }
    }

    public static SecretHash of(String secret) {
        return new SecretHash(HexFormat.of().formatHex(sha256(secret)));
    }

    /** Compares in a time that does not depend on where the first difference is. */
    boolean matches(String secret) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(hex), sha256(secret));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
