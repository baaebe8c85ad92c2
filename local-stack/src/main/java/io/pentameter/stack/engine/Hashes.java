package io.pentameter.stack.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Checks that a fetched file is the one that was tried. */
final class Hashes {

    private Hashes() {}

    /**
     * @param expected as npm writes it, {@code sha512-} and base64, or {@code sha256:} and hexadecimal digits
     * @throws IOException if the file is another one
     */
    static void check(Path file, String expected) throws IOException {
        String actual = expected.startsWith("sha512-")
                ? "sha512-" + Base64.getEncoder().encodeToString(digest(file, "SHA-512"))
                : "sha256:" + HexFormat.of().formatHex(digest(file, "SHA-256"));
        if (!actual.equals(expected)) {
            throw new IOException("%s is not the file that was tried: its hash is %s, expected %s"
                    .formatted(file.getFileName(), actual, expected));
        }
    }

    private static byte[] digest(Path file, String algorithm) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance(algorithm));
            byte[] buffer = new byte[1 << 20];
            while (digest.read(buffer) >= 0) {
                // reading is hashing
            }
            return digest.getMessageDigest().digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
