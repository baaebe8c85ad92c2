package io.pentameter.aggregation.repricing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.PriceBookVersion;
import io.pentameter.contracts.v1.TenantConfigRecord;
import io.pentameter.pricing.BookDocument;
import io.pentameter.pricing.OwnPriceBook;
import io.pentameter.pricing.PriceBook;
import io.pentameter.pricing.PriceBooks;
import io.pentameter.pricing.PriceList;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads all versions of the price book and a tenant's own prices from {@code tenant-config.v1}, from its beginning. */
@ApplicationScoped
class KafkaPrices {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final String bootstrap;

    KafkaPrices(@ConfigProperty(name = "pentameter.kafka.bootstrap") String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /**
     * Prices of a tenant.
     *
     * @param versions of the book, the one that came into force last at the end
     */
    record Known(List<PriceBookVersion> versions, OwnPriceBook own) {

        Known {
            versions = List.copyOf(versions);
        }

        /** Names of the versions, the shipped one first. */
        List<String> names() {
            List<String> names = new ArrayList<>();
            names.add(PriceBooks.shippedVersion());
            versions.stream()
                    .map(PriceBookVersion::getVersion)
                    .filter(name -> !names.contains(name))
                    .forEach(names::add);
            return names;
        }

        /** The prices by a version of the book, or by the latest; empty if there is no such version. */
        Optional<PriceList> list(String version) {
            return book(version).map(book -> new PriceList(book, own));
        }

        private Optional<PriceBook> book(String version) {
            if (version.equals(RepricingOrder.LATEST)) {
                return Optional.of(versions.isEmpty() ? PriceBooks.shipped() : read(versions.getLast()));
            }
            if (version.equals(PriceBooks.shippedVersion())) {
                return Optional.of(PriceBooks.shipped());
            }
            return versions.stream()
                    .filter(one -> one.getVersion().equals(version))
                    .findFirst()
                    .map(Known::read);
        }

        private static PriceBook read(PriceBookVersion version) {
            return BookDocument.read(version.getVersion(), version.getDocument().toByteArray())
                    .book();
        }
    }

    /** @throws org.apache.kafka.common.KafkaException if the log does not answer */
    Known of(String tenant) {
        Map<String, PriceBookVersion> versions = new HashMap<>();
        List<OwnPriceBook> own = new ArrayList<>();
        read(change -> {
            if (change.hasPriceBook()) {
                versions.put(change.getPriceBook().getVersion(), change.getPriceBook());
            } else if (change.hasPrices() && change.getTenant().equals(tenant)) {
                own.add(new OwnPriceBook(change.getVersion(), change.getPrices()));
            }
        });
        List<PriceBookVersion> sorted = versions.values().stream()
                .sorted(Comparator.comparingLong(PriceBookVersion::getKnownFromUs))
                .toList();
        return new Known(sorted, own.isEmpty() ? OwnPriceBook.NONE : own.getLast());
    }

    private void read(Consumer<TenantConfigRecord> each) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) PATIENCE.toMillis());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.TENANT_CONFIG.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.value() != null) {
                        each.accept(TenantConfigRecord.parseFrom(record.value()));
                    }
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a record of " + Topics.TENANT_CONFIG.topicName() + " is none", e);
        }
    }
}
