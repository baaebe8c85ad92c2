package io.pentameter.aggregation.retention;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.kit.problem.ProblemException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Since when a tenant's spans are there: those that began before have been deleted, or are about to be. */
public final class SqlKeptSince {

    private SqlKeptSince() {}

    /** A midnight; empty if nothing has been deleted. */
    public static Optional<Instant> of(Reads reads, String tenant) {
        Bindings bindings = new Bindings();
        String sql = "SELECT toUnixTimestamp(max(since)) FROM kept_since WHERE " + TenantQuery.TENANT;
        return reads.read(new TenantQuery(tenant, sql, bindings), row -> row.getLong(1)).stream()
                .filter(second -> second > 0)
                .map(Instant::ofEpochSecond)
                .findFirst();
    }

    /** The same if it is after {@code from}; else null. */
    public static @Nullable Instant after(Reads reads, String tenant, Instant from) {
        return of(reads, tenant).filter(since -> since.isAfter(from)).orElse(null);
    }

    /**
     * For answers that are made of every span of their window.
     *
     * @param pointer to the field that says {@code from}
     * @throws ProblemException if spans since {@code from} have been deleted
     */
    public static void require(Reads reads, String tenant, String pointer, Instant from) {
        Instant since = after(reads, tenant, from);
        if (since != null) {
            throw ProblemException.invalid(
                    pointer,
                    "must not begin before %s, but begins %s: what was before has been deleted at the end of its retention"
                            .formatted(since, from));
        }
    }
}
