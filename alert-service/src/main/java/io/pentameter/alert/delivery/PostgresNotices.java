package io.pentameter.alert.delivery;

import io.pentameter.alert.destination.Destination;
import io.pentameter.alert.destination.DestinationKind;
import io.pentameter.alert.destination.PostgresDestinations;
import io.pentameter.alert.identity.Ids;
import io.pentameter.alert.store.PostgresTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Puts notices in the queue, in the transaction of the change that they tell of. */
@ApplicationScoped
public class PostgresNotices {

    private final PostgresDestinations destinations;
    private final InstantSource clock;
    private final Ids ids;

    PostgresNotices(PostgresDestinations destinations, InstantSource clock, Ids ids) {
        this.destinations = destinations;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * An alert fires.
     *
     * @param wanted ids of destinations, or {@code *} for all; those that are gone or disabled are left out
     */
    public void fire(PostgresTransaction transaction, Notice notice, List<String> wanted) {
        String tenant = notice.alert().tenant();
        List<Destination> enabled = destinations.enabledOf(transaction, tenant);
        enabled.stream()
                .filter(destination -> wanted.contains("*") || wanted.contains(destination.id()))
                .forEach(destination -> queue(transaction, notice, destination));
    }

    /** An alert is resolved: those hear of it that heard, or will hear, of its firing. */
    public void resolve(PostgresTransaction transaction, Notice notice) {
        List<String> told = transaction.listSql(
                String.class, """
                select destination_id from delivery
                where alert_id = :alert and notice = 'firing' and state in ('queued', 'sending', 'delivered')
                order by seq""", Map.of("alert", notice.alert().id()));
        destinations.findAll(transaction, told).stream()
                .filter(Destination::enabled)
                .forEach(destination -> queue(transaction, notice, destination));
    }

    String queue(PostgresTransaction transaction, Notice notice, Destination destination) {
        String id = ids.next("msg");
        transaction.executeSql(
                """
                insert into delivery (id, tenant, destination_id, alert_id, fingerprint, notice, message, state,
                                      attempts, next_at, created_at)
                values (:id, :tenant, :destination, :alert, :fingerprint, :notice, :message, 'queued', 0, :now, :now)
                on conflict do nothing""",
                Map.of(
                        "id", id,
                        "tenant", destination.tenant(),
                        "destination", destination.id(),
                        "alert", notice.alert().id(),
                        "fingerprint", notice.alert().fingerprint(),
                        "notice", notice.kind().word(),
                        "message",
                                destination.kind() == DestinationKind.SLACK
                                        ? SlackMessage.of(notice)
                                        : WebhookMessage.of(notice),
                        "now", clock.instant()));
        return id;
    }
}
