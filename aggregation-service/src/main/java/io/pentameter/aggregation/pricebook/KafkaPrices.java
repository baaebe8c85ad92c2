package io.pentameter.aggregation.pricebook;

import io.pentameter.aggregation.tenantconfig.KafkaTenantConfig;
import io.pentameter.contracts.v1.PriceBookVersion;
import io.pentameter.kit.problem.Problem;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
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
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Reads all versions of the price book and a tenant's own prices from {@code tenant-config.v1}, from its beginning. */
@ApplicationScoped
public class KafkaPrices {

    private static final Logger LOG = Logger.getLogger(KafkaPrices.class);

    /** Stands for the version that is in force. */
    public static final String LATEST = "latest";

    private final KafkaTenantConfig config;

    KafkaPrices(KafkaTenantConfig config) {
        this.config = config;
    }

    /**
     * Prices of a tenant.
     *
     * @param versions of the book, the one that came into force last at the end
     */
    public record Known(List<PriceBookVersion> versions, OwnPriceBook own) {

        public Known {
            versions = List.copyOf(versions);
        }

        /** Names of the versions, the shipped one first. */
        public List<String> names() {
            List<String> names = new ArrayList<>();
            names.add(PriceBooks.shippedVersion());
            versions.stream()
                    .map(PriceBookVersion::getVersion)
                    .filter(name -> !names.contains(name))
                    .forEach(names::add);
            return names;
        }

        /** The prices by a version of the book, or by the latest; empty if there is no such version. */
        public Optional<PriceList> list(String version) {
            return book(version).map(book -> new PriceList(book, own));
        }

        private Optional<PriceBook> book(String version) {
            if (version.equals(LATEST)) {
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

    /** @throws ProblemException if the log does not answer: unavailable */
    public Known of(String tenant) {
        Map<String, PriceBookVersion> versions = new HashMap<>();
        List<OwnPriceBook> own = new ArrayList<>();
        try {
            config.read(change -> {
                if (change.hasPriceBook()) {
                    versions.put(change.getPriceBook().getVersion(), change.getPriceBook());
                } else if (change.hasPrices() && change.getTenant().equals(tenant)) {
                    own.add(new OwnPriceBook(change.getVersion(), change.getPrices()));
                }
            });
        } catch (KafkaException e) {
            LOG.warnf(e, "prices were not read tenant=%s", tenant);
            throw new ProblemException(
                    Problem.of(ProblemKind.UNAVAILABLE, "the price book cannot be read at the moment"),
                    Duration.ofSeconds(5));
        }
        List<PriceBookVersion> sorted = versions.values().stream()
                .sorted(Comparator.comparingLong(PriceBookVersion::getKnownFromUs))
                .toList();
        return new Known(sorted, own.isEmpty() ? OwnPriceBook.NONE : own.getLast());
    }
}
