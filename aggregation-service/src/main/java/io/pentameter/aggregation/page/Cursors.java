package io.pentameter.aggregation.page;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opaque marks of where a page ended, signed for one tenant and one list: another tenant's cursor is refused exactly as
 * one that somebody made up.
 */
public final class Cursors {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_BYTES = 16;
    private static final int MAX_CHARACTERS = 1_000;
    private static final String SEPARATOR = "\u001f";

    private final SecretKeySpec key;

    public Cursors(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Which list, of whom.
     *
     * @param list name of the list and everything that decides its order and content
     */
    public record Place(String tenant, String list) {}

    /** @param position values of the last entry's sort key; none may contain the unit separator */
    public String of(Place place, List<String> position) {
        byte[] text = String.join(SEPARATOR, position).getBytes(StandardCharsets.UTF_8);
        byte[] signature = signature(place, text);
        byte[] all = Arrays.copyOf(signature, signature.length + text.length);
        System.arraycopy(text, 0, all, signature.length, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** The position, or empty if the cursor is not of this place. */
    public Optional<List<String>> position(Place place, String cursor) {
        if (cursor.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        if (all.length <= SIGNATURE_BYTES) {
            return Optional.empty();
        }
        byte[] text = Arrays.copyOfRange(all, SIGNATURE_BYTES, all.length);
        boolean genuine = MessageDigest.isEqual(signature(place, text), Arrays.copyOf(all, SIGNATURE_BYTES));
        return genuine
                ? Optional.of(List.of(new String(text, StandardCharsets.UTF_8).split(SEPARATOR, -1)))
                : Optional.empty();
    }

    private byte[] signature(Place place, byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(place.tenant().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(place.list().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Arrays.copyOf(mac.doFinal(text), SIGNATURE_BYTES);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(ALGORITHM + " is not there", e);
        }
    }
}
