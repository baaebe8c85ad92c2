package io.pentameter.quality;

import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import io.pentameter.kit.token.TokenSigner;
import java.time.InstantSource;
import java.util.Properties;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.lang.JoseException;

/** Signs as the gateway. The key is in a system property, so that all class loaders of a test share it. */
public final class TestTokens {

    private static final String PROPERTY = "pentameter.test.gateway-key";

    private TestTokens() {}

    /** Value of the Authorization header. */
    public static String of(String tenant, Scope... scopes) {
        Caller caller = new Caller(
                "gateway", "key_" + tenant, tenant, Set.of(scopes), Set.of(), "key_" + tenant, "key of " + tenant);
        return "Bearer " + new TokenSigner(key(), InstantSource.system()).sign(caller);
    }

    static String publicKeys() {
        return new JsonWebKeySet(key()).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    private static OctetKeyPairJsonWebKey key() {
        Properties properties = System.getProperties();
        synchronized (properties) {
            try {
                String known = properties.getProperty(PROPERTY);
                if (known == null) {
                    OctetKeyPairJsonWebKey fresh = OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
                    fresh.setKeyId("gateway");
                    known = fresh.toJson(OutputControlLevel.INCLUDE_PRIVATE);
                    properties.setProperty(PROPERTY, known);
                }
                return (OctetKeyPairJsonWebKey) JsonWebKey.Factory.newJwk(known);
            } catch (JoseException e) {
                throw new AssertionError(e);
            }
        }
    }
}
