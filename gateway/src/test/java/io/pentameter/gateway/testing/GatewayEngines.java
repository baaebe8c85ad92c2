package io.pentameter.gateway.testing;

import io.pentameter.stack.process.Ports;
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

/** PostgreSQL, Kafka and Keycloak with our realm, and the gateway's signing key, for the application under test. */
public class GatewayEngines implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        SharedEngines.Postgres postgres = SharedEngines.postgres();
        SharedEngines.Keycloak keycloak = SharedEngines.keycloak();
        KeycloakAdmin.of(keycloak).importRealm();
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.management.test-port", "0");
        settings.put("pentameter.gateway.grpc.port", "0");
        settings.put("pentameter.kafka.bootstrap", SharedEngines.kafka().bootstrap());
        settings.put("pentameter.database.url", postgres.url());
        settings.put("pentameter.database.owner-user", postgres.owner("gateway"));
        settings.put("pentameter.database.owner-password", postgres.password());
        settings.put("pentameter.database.app-user", postgres.app("gateway"));
        settings.put("pentameter.database.app-password", postgres.password());
        settings.put("pentameter.oidc.url", keycloak.url() + "/realms/pentameter");
        settings.put("pentameter.oidc.client-secret", KeycloakAdmin.CLIENT_SECRET);
        String service = "http://127.0.0.1:" + Ports.free();
        for (String name : new String[] {"ingest", "aggregation", "quality", "alert"}) {
            settings.put("pentameter." + name + ".url", service);
        }
        settings.put("pentameter.gateway.limit.report-every", "300ms");
        settings.put("pentameter.gateway.proxy.max-body-silence", "2s");
        int agentPort = Ports.free();
        settings.put("pentameter.gateway.credential.agent-ports", agentPort + "=" + Gateway.AGENT_KEY);
        settings.put(Gateway.AGENT_PORT, String.valueOf(agentPort));
        settings.putAll(signingKey());
        return settings;
    }

    private static Map<String, String> signingKey() {
        try {
            OctetKeyPairJsonWebKey key = OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
            key.setKeyId("gateway");
            Path directory = Files.createTempDirectory("gateway-test");
            directory.toFile().deleteOnExit();
            Path secret =
                    Files.writeString(directory.resolve("gateway.jwk"), key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
            Path published = Files.writeString(
                    directory.resolve("jwks.json"), new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY));
            secret.toFile().deleteOnExit();
            published.toFile().deleteOnExit();
            return Map.of(
                    "pentameter.token.signing-key", secret.toString(), "pentameter.token.jwks", published.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        // the engines end with the JVM
    }
}
