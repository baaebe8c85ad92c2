package io.pentameter.gateway.credential;

import java.util.Optional;

/**
 * An API key as its owner holds it: {@code pm_<id>_<secret>}.
 *
 * <p>Id and secret are base 62. The id finds the key and is no secret; the secret is 32 random bytes and is stored as
 * a hash only.
 *
 * @param id     12 characters
 * @param secret 43 characters
 */
public record KeyText(String id, String secret) {

    /** Every key starts with it, so that scanners for leaked secrets find them. */
    public static final String PREFIX = "pm_";

    static final int ID_LENGTH = 12;
    static final int SECRET_LENGTH = 43;

    private static final int LENGTH = PREFIX.length() + ID_LENGTH + 1 + SECRET_LENGTH;

    public KeyText {
        if (!Base62.isWord(id, ID_LENGTH)) {
            throw new IllegalArgumentException("a key's id has %d characters of base 62".formatted(ID_LENGTH));
        }
        if (!Base62.isWord(secret, SECRET_LENGTH)) {
            throw new IllegalArgumentException("a key's secret has %d characters of base 62".formatted(SECRET_LENGTH));
        }
    }

    /** The key in the text, empty if it has not exactly the form. */
    static Optional<KeyText> parse(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        int separator = PREFIX.length() + ID_LENGTH;
        String id = text.substring(PREFIX.length(), separator);
        String secret = text.substring(separator + 1);
        if (text.charAt(separator) != '_' || !Base62.isWord(id, ID_LENGTH) || !Base62.isWord(secret, SECRET_LENGTH)) {
            return Optional.empty();
        }
        return Optional.of(new KeyText(id, secret));
    }

    /** What the owner is given, once. */
    public String text() {
        return PREFIX + id + "_" + secret;
    }

    /** The id in the API, in tokens and in records, for example {@code key_8fK2…}. */
    public String publicId() {
        return "key_" + id;
    }

    /** Without the secret: keys end up in messages. */
    @Override
    public String toString() {
        return PREFIX + id + "_…";
    }
}
