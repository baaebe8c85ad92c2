package io.pentameter.stack.engine;

import io.pentameter.contracts.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of {@link Topics} on one broker. */
public final class PentameterTopics {

    /** How long one machine keeps the log; all services have read it within seconds. */
    private static final Duration RETENTION = Duration.ofDays(3);

    private static final long RETENTION_BYTES_OF_PARTITION = 1L << 30;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private PentameterTopics() {}

    /** Creates those that are not there yet. */
    public static void create(KafkaEngine engine) {
        try (Admin admin = engine.admin()) {
            Set<String> present = admin.listTopics().names().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            List<NewTopic> missing = Topics.all().stream()
                    .filter(topic -> !present.contains(topic.topicName()))
                    .map(PentameterTopics::description)
                    .toList();
            admin.createTopics(missing).all().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("could not create the topics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Creates one more topic with one partition on any broker, if it is not there yet. */
    public static void create(String bootstrap, String name) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            if (!admin.listTopics()
                    .names()
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .contains(name)) {
                admin.createTopics(List.of(new NewTopic(name, Optional.of(1), Optional.of((short) 1))))
                        .all()
                        .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("could not create the topic " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static NewTopic description(Topics topic) {
        Map<String, String> settings = topic.isCompacted()
                ? Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                : Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        String.valueOf(RETENTION.toMillis()),
                        TopicConfig.RETENTION_BYTES_CONFIG,
                        String.valueOf(RETENTION_BYTES_OF_PARTITION));
        return new NewTopic(topic.topicName(), Optional.of(topic.partitions()), Optional.of((short) 1))
                .configs(settings);
    }
}
