package io.pentameter.ingest.intake;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Short names for users and customers whose ids were masked, so that they can still be told apart: a keyed hash, the
 * same for the same tenant and value as long as the key is.
 */
public final class Pseudonyms {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param key secret of the installation; without it nobody can find a value by trying */
    public Pseudonyms(String key) {
        this.key = new SecretKeySpec(("pentameter:" + key).getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /**
     * An id that identifies somebody, as it may leave: itself, or its mask and a pseudonym.
     *
     * @param found gets the words of what was redacted
     */
    public String masked(Sender sender, String id, Set<String> found) {
        String redacted = sender.settings().redactor().redactId(id, found);
        return redacted.equals(id) ? id : redacted + "#" + of(sender.tenant(), id);
    }

    /** The pseudonym: 8 hex digits. */
    public String of(String tenant, String value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash = mac.doFinal((tenant + "\0" + value).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
