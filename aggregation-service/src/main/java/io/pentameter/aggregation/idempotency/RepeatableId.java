package io.pentameter.aggregation.idempotency;

import io.pentameter.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids that the same words of the same tenant always give: a prefix and 32 hexadecimal digits of a hash. */
public final class RepeatableId {

    private static final int MAX_KEY = 200;

    private RepeatableId() {}

    /**
     * The id of what a request makes.
     *
     * @param key header {@code Idempotency-Key}; absent: another id each time
     * @throws ProblemException if the key does not have 1 to 200 characters
     */
    public static String ofKey(String prefix, String tenant, @Nullable String key) {
        if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
            throw ProblemException.invalid("Idempotency-Key", "must have 1 to %d characters".formatted(MAX_KEY));
        }
        return of(prefix, tenant, key == null ? UUID.randomUUID().toString() : "key\n" + key);
    }

    public static String of(String prefix, String tenant, String words) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((tenant + "\n" + words).getBytes(StandardCharsets.UTF_8));
            return prefix + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not there", e);
        }
    }
}
