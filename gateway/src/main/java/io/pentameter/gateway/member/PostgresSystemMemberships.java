package io.pentameter.gateway.member;

import io.pentameter.gateway.credential.Membership;
import io.pentameter.gateway.credential.Memberships;
import io.pentameter.gateway.credential.Role;
import io.pentameter.gateway.database.PostgresSystemTransactions;
import io.pentameter.gateway.limit.LimitConfig;
import io.pentameter.gateway.limit.LimitOverrides;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks a person's tenants up across all tenants: the rows tell where the person belongs. */
@ApplicationScoped
class PostgresSystemMemberships implements Memberships {

    /** A member with a subject is that person only, whoever gets the address later. */
    private static final String FIND = """
            select distinct on (m.tenant) m.tenant, m.roles, t.suspended, t.requests_per_second, t.spans_per_second, t.bytes_per_second
            from gateway.member m join gateway.tenant t on t.id = m.tenant
            where m.subject = $1 or (m.subject is null and m.email = $2)
            order by m.tenant, m.subject nulls last
            limit 1000
            """;

    private final PostgresSystemTransactions transactions;
    private final LimitConfig limits;

    PostgresSystemMemberships(PostgresSystemTransactions transactions, LimitConfig limits) {
        this.transactions = transactions;
        this.limits = limits;
    }

    @Override
    public CompletionStage<List<Membership>> of(String subject, @Nullable String email) {
        return transactions
                .withConnection(connection -> connection.preparedQuery(FIND).execute(Tuple.of(subject, email)))
                .map(this::memberships)
                .subscribeAsCompletionStage();
    }

    private List<Membership> memberships(RowSet<Row> rows) {
        List<Membership> found = new ArrayList<>();
        for (Row row : rows) {
            LimitOverrides own = new LimitOverrides(
                    row.getLong("requests_per_second"),
                    row.getLong("spans_per_second"),
                    row.getLong("bytes_per_second"));
            found.add(new Membership(
                    row.getString("tenant"),
                    Arrays.stream(row.getArrayOfStrings("roles"))
                            .map(Role::ofWord)
                            .flatMap(Optional::stream)
                            .collect(Collectors.toSet()),
                    row.getBoolean("suspended"),
                    own.over(limits.tenant().limits())));
        }
        return found;
    }
}
