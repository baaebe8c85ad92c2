package io.pentameter.alert.budget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.alert.request.Cursor;
import io.pentameter.alert.request.PostgresPages;
import io.pentameter.alert.store.PostgresTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The budgets of the transaction's tenant; of all tenants, in a transaction that sees them. */
@ApplicationScoped
public class PostgresBudgets {

    private static final Logger LOG = Logger.getLogger(PostgresBudgets.class);

    private final ObjectMapper json;

    PostgresBudgets(ObjectMapper json) {
        this.json = json;
    }

    public Optional<Budget> find(PostgresTransaction transaction, String id) {
        return row(transaction, id).map(this::toBudget);
    }

    /** All that are enabled, of tenants that were not withdrawn or suspended. */
    public List<Budget> enabled(PostgresTransaction transaction) {
        return transaction.listSql(PostgresBudgetRow.class, """
                        select b.* from budget b
                        where b.enabled
                          and not exists (select 1 from known_tenant t where t.tenant = b.tenant and not t.active)
                        order by b.id""", Map.of()).stream()
                .flatMap(row -> readable(row).stream())
                .toList();
    }

    /** Locks the budget, and tells whether nobody changed it since it was read. */
    public boolean lockUnchanged(PostgresTransaction transaction, Budget read) {
        return !transaction
                .listSql(
                        String.class,
                        "select id from budget where id = :id and revision = :revision for update",
                        Map.of("id", read.id(), "revision", read.revision()))
                .isEmpty();
    }

    /** Remembers how far the thresholds were evaluated; never goes back. */
    public void evaluated(PostgresTransaction transaction, String id, Instant until) {
        transaction.executeSql("""
                update budget set evaluated_until = :until
                where id = :id and (evaluated_until is null or evaluated_until < :until)""", Map.of("until", until, "id", id));
    }

    /** Remembers how far the projection was made; never goes back. */
    public void projected(PostgresTransaction transaction, String id, Instant until) {
        transaction.executeSql("""
                update budget set projected_until = :until
                where id = :id and (projected_until is null or projected_until < :until)""", Map.of("until", until, "id", id));
    }

    List<Budget> page(PostgresTransaction transaction, @Nullable Cursor after, int max) {
        return PostgresPages.of(transaction, PostgresBudgetRow.class, after, max).stream()
                .map(this::toBudget)
                .toList();
    }

    long count(PostgresTransaction transaction) {
        return transaction
                .first(Long.class, "select count(*) from PostgresBudgetRow", Map.of())
                .orElse(0L);
    }

    void insert(PostgresTransaction transaction, Budget budget) {
        PostgresBudgetRow row = new PostgresBudgetRow();
        take(row, budget);
        transaction.insert(row);
    }

    void update(PostgresTransaction transaction, Budget budget) {
        PostgresBudgetRow row = row(transaction, budget.id()).orElseThrow();
        take(row, budget);
        transaction.update(row);
    }

    void delete(PostgresTransaction transaction, String id) {
        transaction.executeSql("delete from budget where id = :id", Map.of("id", id));
    }

    /** Locks the row, so that an evaluation and a change of the same budget come one after the other. */
    void lock(PostgresTransaction transaction, String id) {
        transaction.listSql(String.class, "select id from budget where id = :id for update", Map.of("id", id));
    }

    private static Optional<PostgresBudgetRow> row(PostgresTransaction transaction, String id) {
        return transaction.first(PostgresBudgetRow.class, "from PostgresBudgetRow where id = :id", Map.of("id", id));
    }

    private void take(PostgresBudgetRow row, Budget budget) {
        row.id = budget.id();
        row.tenant = budget.tenant();
        row.name = budget.definition().name();
        row.enabled = budget.definition().enabled();
        row.revision = budget.revision();
        row.createdAt = budget.createdAt();
        row.updatedAt = budget.updatedAt();
        row.evaluatedUntil = budget.evaluatedUntil();
        row.projectedUntil = budget.projectedUntil();
        try {
            row.definition = json.writeValueAsString(BudgetBody.of(budget.definition()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a budget that is not JSON", e);
        }
    }

    private Budget toBudget(PostgresBudgetRow row) {
        return new Budget(
                row.id,
                row.tenant,
                definition(row),
                row.revision,
                row.createdAt,
                row.updatedAt,
                row.evaluatedUntil,
                row.projectedUntil);
    }

    /** One budget that cannot be read must not keep the others from being evaluated. */
    private Optional<Budget> readable(PostgresBudgetRow row) {
        try {
            return Optional.of(toBudget(row));
        } catch (IllegalStateException e) {
            LOG.errorf(e, "budget cannot be read budgetId=%s", row.id);
            return Optional.empty();
        }
    }

    private BudgetDefinition definition(PostgresBudgetRow row) {
        try {
            return switch (BudgetReader.read(json.readValue(row.definition, BudgetBody.class))) {
                case BudgetReader.Outcome.Read(BudgetDefinition definition) -> definition;
                case BudgetReader.Outcome.Refused(var faults) ->
                    throw new IllegalStateException("stored budget " + row.id + " is refused: " + faults);
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored budget " + row.id + " cannot be read", e);
        }
    }
}
