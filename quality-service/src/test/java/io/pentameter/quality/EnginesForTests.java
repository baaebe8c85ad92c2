package io.pentameter.quality;

import io.pentameter.contracts.Topics;
import io.pentameter.stack.testing.SharedEngines;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Real Kafka and PostgreSQL, topics, and a key set with the gateway's key of {@link TestTokens}. */
public class EnginesForTests implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        SharedEngines.Postgres postgres = SharedEngines.postgres();
        String bootstrap = SharedEngines.kafka().bootstrap();
        createTopics(bootstrap);
        Map<String, String> settings = new HashMap<>();
        settings.put("pentameter.kafka.bootstrap", bootstrap);
        settings.put("pentameter.database.url", postgres.url());
        settings.put("pentameter.database.owner-user", postgres.owner("quality"));
        settings.put("pentameter.database.owner-password", postgres.password());
        settings.put("pentameter.database.app-user", postgres.app("quality"));
        settings.put("pentameter.database.app-password", postgres.password());
        settings.put("pentameter.token.jwks", jwks().toString());
        settings.put(
                "pentameter.quality.sampling.key",
                Base64.getEncoder().encodeToString("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
        settings.put(
                "pentameter.quality.judge.encryption-key", Base64.getEncoder().encodeToString(new byte[32]));
        settings.put("pentameter.quality.judge.allow-internal-endpoints", "true");
        settings.put("pentameter.quality.judge.timeout", "PT10S");
        settings.put("pentameter.quality.judge.refresh", "PT0.2S");
        settings.put("pentameter.quality.sampling.refresh", "PT0.2S");
        settings.put("pentameter.quality.intake.settle", "PT0.2S");
        settings.put("quarkus.http.test-port", "0");
        return settings;
    }

    @Override
    public void stop() {
        // the engines end with the JVM
    }

    private static void createTopics(String bootstrap) {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrap))) {
            Set<String> present = admin.listTopics().names().get();
            admin.createTopics(Topics.all().stream()
                            .filter(topic -> !present.contains(topic.topicName()))
                            .map(topic -> new NewTopic(topic.topicName(), topic.partitions(), (short) 1))
                            .collect(Collectors.toList()))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Path jwks() {
        try {
            Path file = Files.createTempFile("pentameter", ".jwks");
            file.toFile().deleteOnExit();
            return Files.writeString(file, TestTokens.publicKeys());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
