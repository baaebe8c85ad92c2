package io.pentameter.alert.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "outbox")
class PostgresOutboxRow {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long seq;

    @Column
    String tenant;

    @Column
    String topic;

    @Column(name = "record_key")
    byte[] recordKey;

    @Column
    byte[] record;

    @Column(name = "created_at")
    Instant createdAt;
}
