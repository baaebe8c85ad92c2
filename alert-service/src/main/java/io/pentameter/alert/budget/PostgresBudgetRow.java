package io.pentameter.alert.budget;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "budget")
class PostgresBudgetRow {

    @Id
    String id;

    @Column
    String tenant;

    @Column
    String name;

    @Column
    boolean enabled;

    /** {@link BudgetBody} as JSON. */
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

    @Column(name = "projected_until")
    @Nullable
    Instant projectedUntil;
}
