package io.pentameter.alert.destination;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "destination")
class PostgresDestinationRow {

    @Id
    String id;

    @Column
    String tenant;

    @Column
    String name;

    @Column
    String kind;

    @Column
    String url;

    @Column
    String secret;

    @Column(name = "previous_secret")
    @Nullable
    String previousSecret;

    @Column(name = "previous_secret_until")
    @Nullable
    Instant previousSecretUntil;

    @Column
    boolean enabled;

    @Column(name = "disabled_reason")
    @Nullable
    String disabledReason;

    @Column
    int failures;

    @Column(name = "rest_until")
    @Nullable
    Instant restUntil;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    Destination toDestination() {
        String before = previousSecret;
        Instant until = previousSecretUntil;
        return new Destination(
                id,
                tenant,
                name,
                DestinationKind.valueOf(kind.toUpperCase(Locale.ROOT)),
                URI.create(url),
                secret.isEmpty() ? null : new WebhookSecret(secret),
                before == null || until == null ? null : new Destination.Retired(new WebhookSecret(before), until),
                enabled,
                disabledReason,
                createdAt,
                updatedAt);
    }

    void take(Destination destination) {
        id = destination.id();
        tenant = destination.tenant();
        name = destination.name();
        kind = destination.kind().word();
        url = destination.url().toString();
        secret = destination.secret() == null ? "" : destination.secret().text();
        Destination.Retired retired = destination.previous();
        previousSecret = retired == null ? null : retired.secret().text();
        previousSecretUntil = retired == null ? null : retired.until();
        enabled = destination.enabled();
        disabledReason = destination.disabledReason();
        createdAt = destination.createdAt();
        updatedAt = destination.updatedAt();
    }
}
