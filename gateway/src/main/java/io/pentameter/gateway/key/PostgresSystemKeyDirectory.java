package io.pentameter.gateway.key;

import io.pentameter.gateway.credential.KeyDirectory;
import io.pentameter.gateway.credential.SecretHash;
import io.pentameter.gateway.credential.StoredKey;
import io.pentameter.gateway.database.PostgresSystemTransactions;
import io.pentameter.gateway.limit.LimitConfig;
import io.pentameter.gateway.limit.LimitOverrides;
import io.pentameter.kit.token.Scope;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks keys up by id across all tenants: it is the key that tells the tenant. */
@ApplicationScoped
class PostgresSystemKeyDirectory implements KeyDirectory {

    private static final String FIND = """
            select k.id, k.tenant, k.name, k.scopes, k.secret_hash, k.previous_hash, k.previous_until, k.expires_at,
                   k.revoked_at, k.requests_per_second, k.spans_per_second, k.bytes_per_second, t.suspended,
                   t.requests_per_second as tenant_requests_per_second,
                   t.spans_per_second as tenant_spans_per_second,
                   t.bytes_per_second as tenant_bytes_per_second
            from gateway.api_key k join gateway.tenant t on t.id = k.tenant
            where k.id = $1
            """;

    private final PostgresSystemTransactions transactions;
    private final LimitConfig limits;

    PostgresSystemKeyDirectory(PostgresSystemTransactions transactions, LimitConfig limits) {
        this.transactions = transactions;
        this.limits = limits;
    }

    @Override
    public CompletionStage<Optional<StoredKey>> find(String id) {
        return transactions
                .withConnection(connection -> connection.preparedQuery(FIND).execute(Tuple.of(id)))
                .map(this::first)
                .subscribeAsCompletionStage();
    }

    private Optional<StoredKey> first(RowSet<Row> rows) {
        return rows.size() == 0
                ? Optional.empty()
                : Optional.of(key(rows.iterator().next()));
    }

    private StoredKey key(Row row) {
        String previous = row.getString("previous_hash");
        return new StoredKey(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("name"),
                Arrays.stream(row.getArrayOfStrings("scopes"))
                        .map(Scope::ofWord)
                        .collect(Collectors.toSet()),
                new SecretHash(row.getString("secret_hash")),
                previous == null ? null : new SecretHash(previous),
                instant(row, "previous_until"),
                instant(row, "expires_at"),
                row.getOffsetDateTime("revoked_at") != null,
                row.getBoolean("suspended"),
                overrides(row, "").over(limits.key().limits()),
                overrides(row, "tenant_").over(limits.tenant().limits()));
    }

    private static LimitOverrides overrides(Row row, String prefix) {
        return new LimitOverrides(
                row.getLong(prefix + "requests_per_second"),
                row.getLong(prefix + "spans_per_second"),
                row.getLong(prefix + "bytes_per_second"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }
}
