package io.pentameter.alert.destination;

import io.pentameter.alert.request.Cursor;
import io.pentameter.alert.request.PostgresPages;
import io.pentameter.alert.store.PostgresTransaction;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The destinations of the transaction's tenant. */
@ApplicationScoped
public class PostgresDestinations {

    private static final String ALL = "*";

    public Optional<Destination> find(PostgresTransaction transaction, String id) {
        return row(transaction, id).map(PostgresDestinationRow::toDestination);
    }

    /** Those of the ids that exist. */
    public List<Destination> findAll(PostgresTransaction transaction, Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return transaction
                .list(PostgresDestinationRow.class, "from PostgresDestinationRow where id in :ids", Map.of("ids", ids))
                .stream()
                .map(PostgresDestinationRow::toDestination)
                .toList();
    }

    /** Refuses the request if any of {@code named} is neither the id of a destination nor {@code *}; names them all. */
    public void requireKnown(PostgresTransaction transaction, List<String> named) {
        Set<String> known =
                findAll(transaction, named).stream().map(Destination::id).collect(Collectors.toSet());
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            String id = named.get(i);
            if (!id.equals(ALL) && !known.contains(id)) {
                faults.add(new Fault(
                        "/destinations/" + i,
                        "destinations must be ids of your destinations or *: there is no destination " + id));
            }
        }
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
    }

    /** All that a tenant has enabled; also for a transaction that sees all tenants. */
    public List<Destination> enabledOf(PostgresTransaction transaction, String tenant) {
        return transaction
                .list(
                        PostgresDestinationRow.class,
                        "from PostgresDestinationRow where tenant = :tenant and enabled order by createdAt, id",
                        Map.of("tenant", tenant))
                .stream()
                .map(PostgresDestinationRow::toDestination)
                .toList();
    }

    List<Destination> page(PostgresTransaction transaction, @Nullable Cursor after, int max) {
        return PostgresPages.of(transaction, PostgresDestinationRow.class, after, max).stream()
                .map(PostgresDestinationRow::toDestination)
                .toList();
    }

    long count(PostgresTransaction transaction) {
        return transaction
                .first(Long.class, "select count(*) from PostgresDestinationRow", Map.of())
                .orElse(0L);
    }

    void insert(PostgresTransaction transaction, Destination destination) {
        PostgresDestinationRow row = new PostgresDestinationRow();
        row.take(destination);
        transaction.insert(row);
    }

    /** Also closes the circuit: who changes a destination wants it tried. */
    void update(PostgresTransaction transaction, Destination destination) {
        PostgresDestinationRow row = row(transaction, destination.id()).orElseThrow();
        row.take(destination);
        row.failures = 0;
        row.restUntil = null;
        transaction.update(row);
    }

    void delete(PostgresTransaction transaction, String id) {
        transaction.executeSql("delete from destination where id = :id", Map.of("id", id));
    }

    /** Keeps how often it failed, and until when it is left alone. */
    public void remember(PostgresTransaction transaction, String id, int failures, @Nullable Instant restUntil) {
        PostgresDestinationRow row = row(transaction, id).orElse(null);
        if (row != null && (row.failures != failures || restUntil != null || row.restUntil != null)) {
            row.failures = failures;
            row.restUntil = restUntil;
            transaction.update(row);
        }
    }

    /** Stops sending, for a reason that its owner can read. */
    public void disable(PostgresTransaction transaction, String id, String reason, Instant now) {
        row(transaction, id).ifPresent(row -> {
            row.enabled = false;
            row.disabledReason = reason;
            row.updatedAt = now;
            transaction.update(row);
        });
    }

    private static Optional<PostgresDestinationRow> row(PostgresTransaction transaction, String id) {
        return transaction.first(
                PostgresDestinationRow.class, "from PostgresDestinationRow where id = :id", Map.of("id", id));
    }
}
