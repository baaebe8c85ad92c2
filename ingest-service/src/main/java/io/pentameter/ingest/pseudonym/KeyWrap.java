package io.pentameter.ingest.pseudonym;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts tenants' keys for the database with a key made of the installation's secret: AES-256-GCM, bound to the tenant. */
final class KeyWrap {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    KeyWrap(String secret, SecureRandom random) {
        this.random = random;
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] derived = mac.doFinal("pentameter: keys of pseudonyms, 1".getBytes(StandardCharsets.UTF_8));
            this.key = new SecretKeySpec(derived, "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** A new key, wrapped. */
    byte[] fresh(String tenant) throws GeneralSecurityException {
        byte[] plain = new byte[TenantKey.SIZE];
        random.nextBytes(plain);
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, tenant).doFinal(plain);
        return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
    }

    /** @throws GeneralSecurityException if it was wrapped with another secret, or for another tenant */
    byte[] open(String tenant, byte[] wrapped) throws GeneralSecurityException {
        ByteBuffer in = ByteBuffer.wrap(wrapped);
        byte[] nonce = new byte[NONCE];
        in.get(nonce);
        byte[] sealed = new byte[in.remaining()];
        in.get(sealed);
        return cipher(Cipher.DECRYPT_MODE, nonce, tenant).doFinal(sealed);
    }

    private Cipher cipher(int mode, byte[] nonce, String tenant) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(tenant.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
