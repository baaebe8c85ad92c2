package io.pentameter.alert.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/**
 * Transactions that see all tenants, for the service's own work.
 *
 * <p>Only jobs may ask for one; an architecture test holds this.
 */
@ApplicationScoped
public class SystemTransactions {

    private final PostgresTransactions transactions;

    SystemTransactions(PostgresTransactions transactions) {
        this.transactions = transactions;
    }

    /** Commits what {@code work} did and returns what it returned; undoes it if {@code work} throws. */
    public <T> T run(Function<PostgresTransaction, T> work) {
        return transactions.asSystem(work);
    }
}
