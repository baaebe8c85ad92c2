package io.pentameter.ingest.service;

import io.pentameter.stack.testing.SharedEngines;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.lang.JoseException;

/** Kafka, and the gateway's signing key, for the application under test. */
public class IngestEngines implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        try {
            OctetKeyPairJsonWebKey key = OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
            key.setKeyId("gateway");
            Path directory = Files.createTempDirectory("ingest-test");
            directory.toFile().deleteOnExit();
            Path secret =
                    Files.writeString(directory.resolve("gateway.jwk"), key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
            Path published = Files.writeString(
                    directory.resolve("jwks.json"), new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY));
            secret.toFile().deleteOnExit();
            published.toFile().deleteOnExit();
            SharedEngines.Postgres postgres = SharedEngines.postgres();
            return Map.ofEntries(
                    Map.entry("pentameter.database.url", postgres.url()),
                    Map.entry("pentameter.database.owner-password", postgres.password()),
                    Map.entry("pentameter.database.app-password", postgres.password()),
                    Map.entry("quarkus.http.test-port", "0"),
                    Map.entry(
                            "pentameter.kafka.bootstrap", SharedEngines.kafka().bootstrap()),
                    Map.entry("pentameter.token.jwks", published.toString()),
                    Map.entry("pentameter.ingest.pseudonym-key", "a secret of the tests"),
                    Map.entry("test.signing-key", secret.toString()),
                    Map.entry("pentameter.ingest.body-timeout", "2S"),
                    Map.entry(
                            "pentameter.ingest.bedrock.folder",
                            Files.createTempDirectory("bedrock").toString()),
                    Map.entry("pentameter.ingest.bedrock.tenants.team-a", "tenant-of-the-folder"),
                    Map.entry("pentameter.ingest.bedrock.every", "1S"),
                    Map.entry("pentameter.ingest.bedrock.settle", "0S"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        // the broker ends with the JVM
    }
}
