package io.pentameter.pricing;

/**
 * Where a price comes from.
 *
 * @param source {@code genai-prices}, {@code litellm} or {@code tenant}
 * @param hash   SHA-256 of the file as hexadecimal digits; empty for the tenant's own
 */
public record Origin(String source, String hash) {

    private static final int SHORT = 12;

    /** The beginning of the hash, as records have it. */
    public String shortHash() {
        return hash.substring(0, Math.min(SHORT, hash.length()));
    }
}
