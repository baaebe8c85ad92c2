package io.pentameter.alert.delivery;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "delivery")
class PostgresDeliveryRow {

    /** Also the message id that the receiver sees. */
    @Id
    String id;

    @Column(insertable = false, updatable = false)
    @Nullable
    Long seq;

    @Column
    String tenant;

    @Column(name = "destination_id")
    String destinationId;

    @Column(name = "alert_id")
    String alertId;

    @Column
    String fingerprint;

    /** A word of {@link Notice.Kind}. */
    @Column
    String notice;

    @Column
    String message;

    /** queued, sending, delivered, failed, dropped. */
    @Column
    String state;

    @Column
    int attempts;

    /** When to send it; while it is being sent, when to think that whoever sends it has died. */
    @Column(name = "next_at")
    Instant nextAt;

    @Column
    @Nullable
    Integer status;

    @Column
    @Nullable
    String fault;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "finished_at")
    @Nullable
    Instant finishedAt;
}
