package io.pentameter.alert.lifecycle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What makes an alert the same alert: tenant, rule and group. */
public record Fingerprint(String text) {

    private static final int BYTES = 16;

    /** Each part goes in with its length, so that no two different lists of parts look alike. */
    public static Fingerprint of(String tenant, String ruleId, Map<String, String> group) {
        MessageDigest digest = sha256();
        add(digest, tenant);
        add(digest, ruleId);
        new TreeMap<>(group).forEach((dimension, value) -> {
            add(digest, dimension);
            add(digest, value);
        });
        return new Fingerprint(HexFormat.of().formatHex(digest.digest(), 0, BYTES));
    }

    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
