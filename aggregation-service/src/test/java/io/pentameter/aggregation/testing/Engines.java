package io.pentameter.aggregation.testing;

import io.pentameter.stack.testing.SharedEngines;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.lang.JoseException;

/** Kafka, the ClickHouse engine, and the keys of two issuers, for the application under test. */
public class Engines implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        SharedEngines.ClickHouse engine = SharedEngines.clickHouse();
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.http.test-port", "0");
        settings.put("pentameter.kafka.bootstrap", SharedEngines.kafka().bootstrap());
        settings.put("pentameter.clickhouse.url", engine.url());
        settings.put("pentameter.clickhouse.user", engine.user());
        settings.put("pentameter.clickhouse.password", engine.password());
        settings.put("pentameter.clickhouse.database", engine.database());
        settings.put("pentameter.rollup.every", "1s");
        settings.put("pentameter.rollup.delay", "1s");
        settings.putAll(keys());
        return settings;
    }

    private static Map<String, String> keys() {
        try {
            OctetKeyPairJsonWebKey gateway = key("gateway");
            OctetKeyPairJsonWebKey alert = key("alert-service");
            Path directory = Files.createTempDirectory("aggregation-test");
            Path published = Files.writeString(
                    directory.resolve("jwks.json"),
                    new JsonWebKeySet(gateway, alert).toJson(OutputControlLevel.PUBLIC_ONLY));
            Path gatewayFile = Files.writeString(
                    directory.resolve("gateway.jwk"), gateway.toJson(OutputControlLevel.INCLUDE_PRIVATE));
            Path alertFile =
                    Files.writeString(directory.resolve("alert.jwk"), alert.toJson(OutputControlLevel.INCLUDE_PRIVATE));
            for (Path file : new Path[] {directory, published, gatewayFile, alertFile}) {
                file.toFile().deleteOnExit();
            }
            return Map.of(
                    "pentameter.token.jwks", published.toString(),
                    "test.key.gateway", gatewayFile.toString(),
                    "test.key.alert", alertFile.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OctetKeyPairJsonWebKey key(String issuer) throws JoseException {
        OctetKeyPairJsonWebKey key = OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
        key.setKeyId(issuer);
        return key;
    }

    @Override
    public void stop() {
        // the engines end with the JVM
    }
}
