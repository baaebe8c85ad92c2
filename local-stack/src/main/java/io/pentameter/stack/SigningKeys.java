package io.pentameter.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The keys of those who may issue internal tokens: a private JWK each, and one JWKS of the public halves. */
final class SigningKeys {

    static final List<String> ISSUERS = List.of("gateway", "alert-service", "quality-service");

    private static final int KEY_BYTES = 32;

    private final ObjectMapper json = new ObjectMapper();
    private final Path directory;

    SigningKeys(StackDirectory directory) {
        this.directory = directory.secrets();
    }

    Path jwks() {
        return directory.resolve("jwks.json");
    }

    Path privateKey(String issuer) {
        return directory.resolve(issuer + ".jwk");
    }

    /** Makes the keys that are not there yet, and writes the JWKS anew. */
    void create() {
        ObjectNode set = json.createObjectNode();
        ArrayNode keys = set.putArray("keys");
        try {
            for (String issuer : ISSUERS) {
                if (!Files.exists(privateKey(issuer))) {
                    StackDirectory.writeSecret(privateKey(issuer), make(issuer).toString());
                }
                ObjectNode key = (ObjectNode) json.readTree(privateKey(issuer).toFile());
                key.remove("d");
                keys.add(key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StackDirectory.writeSecret(jwks(), set.toString());
    }

    private ObjectNode make(String issuer) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return json.createObjectNode()
                    .put("kty", "OKP")
                    .put("crv", "Ed25519")
                    .put("use", "sig")
                    .put("alg", "EdDSA")
                    .put("kid", issuer)
                    .put("x", last32(pair.getPublic().getEncoded()))
                    .put("d", last32(pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no Ed25519", e);
        }
    }

    /** Both DER encodings of RFC 8410 end with the key itself. */
    private static String last32(byte[] der) {
        byte[] key = Arrays.copyOfRange(der, der.length - KEY_BYTES, der.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }
}
