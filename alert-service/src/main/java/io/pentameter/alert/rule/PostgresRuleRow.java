package io.pentameter.alert.rule;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "rule")
class PostgresRuleRow {

    @Id
    String id;

    @Column
    String tenant;

    @Column
    String name;

    @Column
    boolean enabled;

    @Column
    @Nullable
    String preset;

    /** {@link RuleBody} as JSON. */
    @Column
    String definition;

    @Column
    int revision;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "evaluated_until")
    @Nullable
    Instant evaluatedUntil;

    @Column(name = "interval_millis")
    long intervalMillis;
}
