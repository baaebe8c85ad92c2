package io.pentameter.pricing;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;

/**
 * A price file as it was published.
 *
 * @param bytes never changed
 * @param date  of publication
 * @param name  for people
 */
@SuppressWarnings("ArrayRecordComponent") // a file is compared by its hash
public record PriceFile(byte[] bytes, LocalDate date, String name) {

    /** SHA-256 of the bytes as hexadecimal digits. */
    public String hash() {
        return hash(bytes);
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
