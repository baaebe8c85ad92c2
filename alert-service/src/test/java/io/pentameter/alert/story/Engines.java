package io.pentameter.alert.story;

import io.pentameter.contracts.Topics;
import io.pentameter.stack.process.Ports;
import io.pentameter.stack.testing.SharedEngines;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.lang.JoseException;

/** Starts the engines, makes keys, and tells the service where all of it is. */
public final class Engines implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        SharedEngines.Postgres postgres = SharedEngines.postgres();
        String bootstrap = SharedEngines.kafka().bootstrap();
        createTopics(bootstrap);
        Map<String, String> settings = new HashMap<>(keys());
        settings.put("pentameter.kafka.bootstrap", bootstrap);
        settings.put("pentameter.database.url", postgres.url());
        settings.put("pentameter.database.owner-user", postgres.owner("alert"));
        settings.put("pentameter.database.owner-password", postgres.password());
        settings.put("pentameter.database.app-user", postgres.app("alert"));
        settings.put("pentameter.database.app-password", postgres.password());
        settings.put("test.aggregation.port", String.valueOf(Ports.free()));
        settings.put("pentameter.aggregation.url", "http://127.0.0.1:" + settings.get("test.aggregation.port"));
        settings.put("pentameter.alert.allow-private-destinations", "true");
        settings.put("pentameter.alert.evaluation.pause", "PT0.1S");
        settings.put("pentameter.alert.outbox.pause", "PT0.1S");
        settings.put("pentameter.alert.delivery.pause", "PT0.1S");
        settings.put("pentameter.alert.budget-watch.pause", "PT0.1S");
        settings.put("pentameter.alert.budget-watch.interval", "PT1S");
        settings.put("pentameter.alert.decisions.pause", "PT0.1S");
        settings.put("pentameter.alert.decisions.ledger-pause", "PT0.5S");
        settings.put("pentameter.alert.decisions.replay", "PT4H"); // the tests' numbers are two hours behind
        settings.put("quarkus.http.test-port", "0");
        return settings;
    }

    @Override
    public void stop() {
        // the engines end with the JVM
    }

    private static void createTopics(String bootstrap) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            Set<String> there = admin.listTopics().names().get();
            admin.createTopics(Topics.all().stream()
                            .filter(topic -> !there.contains(topic.topicName()))
                            .map(topic -> new NewTopic(topic.topicName(), topic.partitions(), (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> keys() {
        try {
            Path directory = Files.createTempDirectory("alert-keys");
            OctetKeyPairJsonWebKey gateway = key("gateway");
            OctetKeyPairJsonWebKey alert = key("alert-service");
            Path jwks = directory.resolve("jwks.json");
            Files.writeString(jwks, new JsonWebKeySet(gateway, alert).toJson(OutputControlLevel.PUBLIC_ONLY));
            Path gatewayKey = directory.resolve("gateway.json");
            Files.writeString(gatewayKey, gateway.toJson(OutputControlLevel.INCLUDE_PRIVATE));
            Path alertKey = directory.resolve("alert.json");
            Files.writeString(alertKey, alert.toJson(OutputControlLevel.INCLUDE_PRIVATE));
            return Map.of(
                    "pentameter.token.jwks", jwks.toString(),
                    "pentameter.token.signing-key", alertKey.toString(),
                    "test.gateway-key", gatewayKey.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OctetKeyPairJsonWebKey key(String issuer) {
        try {
            OctetKeyPairJsonWebKey key = OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519);
            key.setKeyId(issuer);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
