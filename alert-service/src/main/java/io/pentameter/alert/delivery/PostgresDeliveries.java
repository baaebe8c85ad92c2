package io.pentameter.alert.delivery;

import io.pentameter.alert.destination.Destination;
import io.pentameter.alert.destination.PostgresDestinations;
import io.pentameter.alert.request.Cursor;
import io.pentameter.alert.store.PostgresTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The queue of notices and what became of them. */
@ApplicationScoped
class PostgresDeliveries {

    private final PostgresDestinations destinations;

    PostgresDeliveries(PostgresDestinations destinations) {
        this.destinations = destinations;
    }

    /**
     * A notice that is ours to send until the lease ends.
     *
     * @param attempts with the one to be made now
     */
    record Claimed(String id, String alertId, String notice, String message, int attempts, Destination destination) {}

    /** How much to take at once. */
    record Share(int max, int perDestination, Duration lease) {}

    /**
     * Takes notices that are due.
     *
     * <p>Of one destination and fingerprint only the oldest unfinished notice is ever taken, so no two are under way and
     * a resolved notice never overtakes the firing one. A destination whose circuit has just closed again is given one.
     */
    List<Claimed> claim(PostgresTransaction transaction, Share share, Instant now) {
        List<PostgresDeliveryRow> rows = transaction.listSql(
                PostgresDeliveryRow.class,
                """
                select d.* from delivery d where d.id in (
                    select id from (
                        select c.id, c.next_at, c.seq, t.failures,
                               row_number() over (partition by c.destination_id order by c.seq) as place
                        from delivery c join destination t on t.id = c.destination_id
                        where c.state in ('queued', 'sending') and c.next_at <= :now
                          and t.enabled and (t.rest_until is null or t.rest_until <= :now)
                          and not exists (
                              select 1 from delivery e
                              where e.destination_id = c.destination_id and e.fingerprint = c.fingerprint
                                and e.seq < c.seq and e.state in ('queued', 'sending'))
                    ) due
                    where place <= case when failures >= :threshold then 1 else :perDestination end
                    order by next_at, seq limit :max)
                order by d.seq for update of d skip locked""",
                Map.of(
                        "now",
                        now,
                        "threshold",
                        Circuit.THRESHOLD,
                        "perDestination",
                        share.perDestination(),
                        "max",
                        share.max()));
        Map<String, Destination> known =
                destinations
                        .findAll(
                                transaction,
                                rows.stream()
                                        .map(row -> row.destinationId)
                                        .distinct()
                                        .toList())
                        .stream()
                        .collect(Collectors.toMap(Destination::id, Function.identity()));
        for (PostgresDeliveryRow row : rows) {
            row.state = "sending";
            row.attempts++;
            row.nextAt = now.plus(share.lease());
            transaction.update(row);
        }
        List<Claimed> claimed = new ArrayList<>();
        for (PostgresDeliveryRow row : rows) {
            Destination destination = known.get(row.destinationId);
            if (destination != null) {
                claimed.add(new Claimed(row.id, row.alertId, row.notice, row.message, row.attempts, destination));
            }
        }
        return claimed;
    }

    /** Writes down an attempt; does nothing if somebody else took the notice since, because our lease had ended. */
    void finish(PostgresTransaction transaction, Claimed claimed, Attempt attempt) {
        PostgresDeliveryRow row = transaction
                .listSql(
                        PostgresDeliveryRow.class,
                        "select * from delivery where id = :id and state = 'sending' and attempts = :attempts for update",
                        Map.of("id", claimed.id(), "attempts", claimed.attempts()))
                .stream()
                .findFirst()
                .orElse(null);
        if (row == null) {
            return;
        }
        log(transaction, row, attempt);
        row.status = attempt.status();
        switch (attempt.outcome()) {
            case Outcome.Delivered() -> end(row, "delivered", null, attempt.at());
            case Outcome.Later(Instant at, String fault) -> again(row, at, fault);
            case Outcome.Throttled(Instant at, String fault) -> again(row, at, fault);
            case Outcome.Failed(String fault) -> end(row, "failed", fault, attempt.at());
            case Outcome.Gone(String fault) -> end(row, "failed", fault, attempt.at());
        }
        transaction.update(row);
        if (row.state.equals("failed")) {
            dropResolved(transaction, row, attempt.at());
        }
        adjust(transaction, claimed.destination(), attempt);
    }

    /**
     * What was tried and what came of it.
     *
     * @param status absent if it did not answer
     */
    record Attempt(Instant at, Duration took, @Nullable Integer status, Outcome outcome) {}

    Optional<PostgresDeliveryRow> find(PostgresTransaction transaction, String id) {
        return transaction.first(
                PostgresDeliveryRow.class, "from PostgresDeliveryRow where id = :id", Map.of("id", id));
    }

    List<PostgresDeliveryRow> page(
            PostgresTransaction transaction, String destination, @Nullable Cursor before, int max) {
        Map<String, Object> parameters = new HashMap<>(Map.of("destination", destination));
        String where = "";
        if (before != null) {
            where = "and (createdAt < :at or createdAt = :at and id < :id)";
            parameters.put("at", before.at());
            parameters.put("id", before.id());
        }
        return transaction.list(
                PostgresDeliveryRow.class,
                "from PostgresDeliveryRow where destinationId = :destination %s order by createdAt desc, id desc"
                        .formatted(where),
                parameters,
                max);
    }

    /** Forgets what is finished for long, and what can no longer matter. */
    void forget(PostgresTransaction transaction, Instant before) {
        transaction.executeSql("delete from delivery where created_at < :before", Map.of("before", before));
    }

    private void adjust(PostgresTransaction transaction, Destination destination, Attempt attempt) {
        Circuit before = new Circuit(failures(transaction, destination.id()), null);
        Circuit after = switch (attempt.outcome()) {
            case Outcome.Delivered() -> Circuit.CLOSED;
            case Outcome.Later _ -> before.afterFailure(attempt.at());
            case Outcome.Throttled(Instant at, var _) -> before.afterThrottle(at);
            case Outcome.Failed _ -> attempt.status() == null ? before.afterFailure(attempt.at()) : before;
            case Outcome.Gone(String fault) -> {
                destinations.disable(transaction, destination.id(), fault, attempt.at());
                yield before;
            }
        };
        destinations.remember(transaction, destination.id(), after.failures(), after.restUntil());
    }

    private static int failures(PostgresTransaction transaction, String destination) {
        return transaction
                .listSql(
                        Integer.class,
                        "select failures from destination where id = :id for update",
                        Map.of("id", destination))
                .stream()
                .findFirst()
                .orElse(0);
    }

    private static void again(PostgresDeliveryRow row, Instant at, String fault) {
        row.state = "queued";
        row.nextAt = at;
        row.fault = fault;
    }

    private static void end(PostgresDeliveryRow row, String state, @Nullable String fault, Instant at) {
        row.state = state;
        row.fault = fault;
        row.finishedAt = at;
    }

    /** Nobody is told of the end of what they never heard of. */
    private static void dropResolved(PostgresTransaction transaction, PostgresDeliveryRow firing, Instant at) {
        transaction.executeSql("""
                update delivery set state = 'dropped', finished_at = :at, fault = 'the firing notice did not arrive'
                where alert_id = :alert and destination_id = :destination and notice = 'resolved' and state = 'queued'""", Map.of("at", at, "alert", firing.alertId, "destination", firing.destinationId));
    }

    private static void log(PostgresTransaction transaction, PostgresDeliveryRow row, Attempt attempt) {
        Integer status = attempt.status();
        transaction.executeSql(
                """
                insert into delivery_attempt (delivery_id, attempt, tenant, at, status, outcome, took_millis)
                values (:delivery, :attempt, :tenant, :at, nullif(:status, 0), :outcome, :took)""",
                Map.of(
                        "delivery",
                        row.id,
                        "attempt",
                        row.attempts,
                        "tenant",
                        row.tenant,
                        "at",
                        attempt.at(),
                        "status",
                        status == null ? 0 : status,
                        "outcome",
                        DeliveryWord.of(attempt.outcome()),
                        "took",
                        attempt.took().toMillis()));
    }
}
