package io.pentameter.alert.destination;

import java.util.Base64;
import java.util.function.Supplier;

/**
 * The key that notices are signed with, as Standard Webhooks writes it.
 *
 * @param text {@code whsec_} and base64 of 24 to 64 bytes
 */
public record WebhookSecret(String text) {

    private static final String PREFIX = "whsec_";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;

    public WebhookSecret {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a webhook secret must begin with whsec_");
        }
        int length = Base64.getDecoder().decode(text.substring(PREFIX.length())).length;
        if (length < MIN_BYTES || length > MAX_BYTES) {
            throw new IllegalArgumentException("a webhook secret must have 24..64 bytes: " + length);
        }
    }

    /** A new one. */
    public static WebhookSecret from(Supplier<byte[]> randomBytes) {
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(randomBytes.get()));
    }

    /** The bytes to sign with. */
    public byte[] key() {
        return Base64.getDecoder().decode(text.substring(PREFIX.length()));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "WebhookSecret[hidden]";
    }
}
