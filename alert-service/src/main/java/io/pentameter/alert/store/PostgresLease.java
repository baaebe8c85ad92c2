package io.pentameter.alert.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Lets one replica do a work at a time.
 *
 * <p>The holder renews it with each turn; one that died is followed after the lease ends. Whoever takes over gets a
 * higher term, and nothing is written under an old one.
 */
@ApplicationScoped
public class PostgresLease {

    private final String holder = UUID.randomUUID().toString();

    /**
     * Takes or renews it. Returns the term, or empty if another replica has it.
     *
     * @param work its name in the table
     */
    public OptionalLong take(PostgresTransaction transaction, String work, Instant now, Duration length) {
        int isMine = transaction.executeSql(
                """
                update lease set term = case when holder = :holder then term else term + 1 end,
                                 holder = :holder, held_until = :until
                where name = :work and (holder = :holder or held_until < :now)""", Map.of("work", work, "holder", holder, "until", now.plus(length), "now", now));
        return isMine == 1
                ? OptionalLong.of(transaction
                        .listSql(Long.class, "select term from lease where name = :work", Map.of("work", work))
                        .getFirst())
                : OptionalLong.empty();
    }

    /** Whether the term still holds; it cannot end before the transaction does. */
    public boolean holds(PostgresTransaction transaction, String work, long term) {
        return !transaction
                .listSql(
                        String.class,
                        "select name from lease where name = :work and term = :term for share",
                        Map.of("work", work, "term", term))
                .isEmpty();
    }
}
