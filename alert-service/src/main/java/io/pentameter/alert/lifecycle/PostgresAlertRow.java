package io.pentameter.alert.lifecycle;

import io.pentameter.alert.lifecycle.AlertState.Firing;
import io.pentameter.alert.lifecycle.AlertState.Inactive;
import io.pentameter.alert.lifecycle.AlertState.Pending;
import io.pentameter.alert.lifecycle.AlertState.Resolution;
import io.pentameter.alert.lifecycle.AlertState.Resolved;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "alert")
class PostgresAlertRow {

    @Id
    String id;

    @Column
    String tenant;

    @Column(name = "rule_id")
    String ruleId;

    @Column(name = "rule_name")
    String ruleName;

    @Column
    String fingerprint;

    /** The group, as a JSON object. */
    @Column
    String dimensions;

    @Column
    String severity;

    @Column
    String state;

    @Column(name = "pending_since")
    Instant pendingSince;

    @Column(name = "firing_since")
    @Nullable
    Instant firingSince;

    @Column(name = "calm_since")
    @Nullable
    Instant calmSince;

    @Column(name = "evidence_at")
    Instant evidenceAt;

    @Column(name = "resolved_at")
    @Nullable
    Instant resolvedAt;

    @Column
    @Nullable
    String resolution;

    @Column(precision = 100, scale = 40)
    BigDecimal value;

    @Column
    long sample;

    @Column(precision = 100, scale = 40)
    BigDecimal threshold;

    @Column(name = "acknowledged_at")
    @Nullable
    Instant acknowledgedAt;

    @Column(name = "acknowledged_by")
    @Nullable
    String acknowledgedBy;

    @Column
    @Nullable
    String note;

    /** The state, put together again. */
    AlertState toState() {
        Instant since = firingSince;
        return switch (state) {
            case "pending" -> new Pending(pendingSince, evidenceAt);
            case "firing" -> new Firing(pendingSince, Objects.requireNonNull(since), calmSince, evidenceAt);
            case "resolved" ->
                new Resolved(
                        pendingSince,
                        Objects.requireNonNull(since),
                        Objects.requireNonNull(resolvedAt),
                        Resolution.valueOf(Objects.requireNonNull(resolution).toUpperCase(Locale.ROOT)));
            default -> throw new IllegalStateException("alert " + id + " is in no known state: " + state);
        };
    }

    /** Writes the state down; an inactive one is not stored. */
    void take(AlertState reached) {
        switch (reached) {
            case Inactive _ -> throw new IllegalArgumentException("an inactive alert is not stored");
            case Pending pending -> {
                state = "pending";
                pendingSince = pending.since();
                evidenceAt = pending.lastBreach();
            }
            case Firing firing -> {
                state = "firing";
                pendingSince = firing.pendingSince();
                firingSince = firing.since();
                calmSince = firing.calmSince();
                evidenceAt = firing.evidenceAt();
            }
            case Resolved resolved -> {
                state = "resolved";
                calmSince = null;
                resolvedAt = resolved.at();
                resolution = resolved.resolution().name().toLowerCase(Locale.ROOT);
            }
        }
    }
}
