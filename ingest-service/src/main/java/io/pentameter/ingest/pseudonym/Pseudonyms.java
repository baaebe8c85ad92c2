package io.pentameter.ingest.pseudonym;

import io.pentameter.ingest.config.TenantSettings;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Short names for users and customers whose ids were masked, so that they can still be told apart.
 *
 * <p>{@code [email]#1a2b3c4d}: a keyed hash, the same for the same tenant and value as long as the installation's key is. If
 * the tenant wants it so, {@code [email]#~…}: the value itself, encrypted with the tenant's own key, which the tenant can
 * have resolved.
 */
public final class Pseudonyms {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String HASHED = "#";
    private static final String SEALED = "#~";

    /** Longest dimension; what would be longer is hashed. */
    private static final int MAX_LENGTH = 256;

    private final SecretKeySpec key;
    private final PseudonymKeys keys;

    /**
     * @param key  secret of the installation; without it nobody can find a value by trying
     * @param keys of the tenants that want pseudonyms which can be resolved
     */
    public Pseudonyms(String key, PseudonymKeys keys) {
        this.key = new SecretKeySpec(("pentameter:" + key).getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.keys = keys;
    }

    /**
     * An id that identifies somebody, as it may leave: itself, or its mask and a pseudonym.
     *
     * @param found gets the words of what was redacted
     * @throws PseudonymKeysAwayException if the tenant's key is needed and cannot be had now
     */
    public String masked(String tenant, TenantSettings settings, String id, Set<String> found) {
        String redacted = settings.redactor().redactId(id, found);
        if (redacted.equals(id)) {
            return id;
        }
        if (settings.isReversible()) {
            Optional<String> sealed = keys.of(tenant).map(own -> redacted + SEALED + own.seal(id));
            if (sealed.isPresent() && sealed.get().length() <= MAX_LENGTH) {
                return sealed.get();
            }
        }
        return redacted + HASHED + of(tenant, id);
    }

    /**
     * The id that a pseudonym stands for; empty if it is none of the tenant's that can be resolved.
     *
     * @throws PseudonymKeysAwayException if the tenant's key cannot be had now
     */
    public Optional<String> resolve(String tenant, String pseudonym) {
        int mark = pseudonym.lastIndexOf(SEALED);
        return mark < 0 || pseudonym.length() > MAX_LENGTH
                ? Optional.empty()
                : keys.of(tenant).flatMap(own -> own.open(pseudonym.substring(mark + SEALED.length())));
    }

    /** As {@link #masked}, where nobody asks what was found. */
    public String masked(String tenant, TenantSettings settings, String id) {
        return masked(tenant, settings, id, new HashSet<>());
    }

    /** The hashed pseudonym: 8 hex digits. */
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
