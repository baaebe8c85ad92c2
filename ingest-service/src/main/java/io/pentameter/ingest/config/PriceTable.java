package io.pentameter.ingest.config;

import io.pentameter.contracts.v1.PriceBookVersion;
import io.pentameter.pricing.BookDocument;
import io.pentameter.pricing.OwnPriceBook;
import io.pentameter.pricing.PriceBook;
import io.pentameter.pricing.PriceBooks;
import io.pentameter.pricing.PriceList;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The book in force: of the versions that the topic tells, the one known latest; until it tells one, the book that the
 * service ships with. Thread-safe.
 */
final class PriceTable {

    private static final Logger LOG = Logger.getLogger(PriceTable.class);

    private volatile State state;

    /**
     * @param lists of the tenants that pay differently, by the version of their prices; forgotten with the book
     */
    private record State(long knownFromUs, PriceBook book, PriceList everybodys, Map<String, PriceList> lists) {

        static State of(long knownFromUs, BookDocument document) {
            PriceBook book = document.book();
            LOG.infof("price book is in force, version=%s", book.version());
            return new State(knownFromUs, book, PriceList.of(book), new ConcurrentHashMap<>());
        }
    }

    PriceTable() {
        state = State.of(0, PriceBooks.shippedDocument());
    }

    String version() {
        return state.book().version();
    }

    PriceList of(String tenant, OwnPriceBook own) {
        State now = state;
        if (own == OwnPriceBook.NONE) {
            return now.everybodys();
        }
        return now.lists()
                .compute(
                        tenant, (_, list) -> list != null && list.own() == own ? list : new PriceList(now.book(), own));
    }

    /** Takes a version in; one that was known earlier than the one in force changes nothing. */
    void put(PriceBookVersion version) {
        if (version.getKnownFromUs() <= state.knownFromUs()) {
            return;
        }
        try {
            state = State.of(
                    version.getKnownFromUs(),
                    BookDocument.read(
                            version.getVersion(), version.getDocument().toByteArray()));
        } catch (UncheckedIOException e) {
            LOG.errorf("a price book cannot be read and is left out, version=%s", version.getVersion());
        }
    }
}
