package io.pentameter.alert.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.alert.request.Cursor;
import io.pentameter.alert.request.PostgresPages;
import io.pentameter.alert.store.PostgresTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The rules of the transaction's tenant; of all tenants, in a transaction that sees them. */
@ApplicationScoped
public class PostgresRules {

    private static final Logger LOG = Logger.getLogger(PostgresRules.class);

    private final ObjectMapper json;

    PostgresRules(ObjectMapper json) {
        this.json = json;
    }

    public Optional<Rule> find(PostgresTransaction transaction, String id) {
        return row(transaction, id).map(this::toRule);
    }

    /**
     * The enabled rules that are to be evaluated at {@code at}: those in whose interval, counted from the epoch, nobody
     * looked yet. Rules with one interval are so due together, whenever they were made.
     *
     * <p>Rules of withdrawn tenants are left out; a tenant that the log never named counts as active.
     */
    public List<Rule> due(PostgresTransaction transaction, Instant at) {
        return transaction.listSql(PostgresRuleRow.class, """
                        select r.* from rule r
                        where r.enabled
                          and (r.evaluated_until is null
                               or cast(extract(epoch from r.evaluated_until) * 1000 as bigint) / r.interval_millis
                                  < :at / r.interval_millis)
                          and not exists (select 1 from known_tenant t where t.tenant = r.tenant and not t.active)
                        order by r.id""", Map.of("at", at.toEpochMilli())).stream()
                .flatMap(row -> readable(row).stream())
                .toList();
    }

    /** Remembers how far the rules were evaluated; never goes back. */
    public void evaluated(PostgresTransaction transaction, Collection<String> ids, Instant until) {
        if (!ids.isEmpty()) {
            transaction.executeSql("""
                    update rule set evaluated_until = :until
                    where id in (:ids) and (evaluated_until is null or evaluated_until < :until)""", Map.of("until", until, "ids", ids));
        }
    }

    List<Rule> page(PostgresTransaction transaction, @Nullable Cursor after, int max) {
        return PostgresPages.of(transaction, PostgresRuleRow.class, after, max).stream()
                .map(this::toRule)
                .toList();
    }

    long count(PostgresTransaction transaction) {
        return transaction
                .first(Long.class, "select count(*) from PostgresRuleRow", Map.of())
                .orElse(0L);
    }

    void insert(PostgresTransaction transaction, Rule rule) {
        PostgresRuleRow row = new PostgresRuleRow();
        take(row, rule);
        transaction.insert(row);
    }

    void update(PostgresTransaction transaction, Rule rule) {
        PostgresRuleRow row = row(transaction, rule.id()).orElseThrow();
        take(row, rule);
        transaction.update(row);
    }

    void delete(PostgresTransaction transaction, String id) {
        transaction.executeSql("delete from rule where id = :id", Map.of("id", id));
    }

    /** Locks the row, so that an evaluation and a change of the same rule come one after the other. */
    void lock(PostgresTransaction transaction, String id) {
        transaction.listSql(String.class, "select id from rule where id = :id for update", Map.of("id", id));
    }

    /** Locks the rules, and returns those that nobody changed or evaluated as far as {@code at} since they were read. */
    public List<Rule> lockUnchanged(PostgresTransaction transaction, Collection<Rule> read, Instant at) {
        List<String> ids = read.stream().map(Rule::id).toList();
        Map<String, PostgresRuleRow> locked = transaction
                .listSql(
                        PostgresRuleRow.class,
                        "select * from rule where id in (:ids) order by id for update",
                        Map.of("ids", ids))
                .stream()
                .collect(Collectors.toMap(row -> row.id, Function.identity()));
        return read.stream()
                .filter(rule -> {
                    PostgresRuleRow row = locked.get(rule.id());
                    return row != null
                            && row.revision == rule.revision()
                            && (row.evaluatedUntil == null || row.evaluatedUntil.isBefore(at));
                })
                .toList();
    }

    private static Optional<PostgresRuleRow> row(PostgresTransaction transaction, String id) {
        return transaction.first(PostgresRuleRow.class, "from PostgresRuleRow where id = :id", Map.of("id", id));
    }

    private void take(PostgresRuleRow row, Rule rule) {
        row.id = rule.id();
        row.tenant = rule.tenant();
        row.name = rule.definition().name();
        row.enabled = rule.definition().enabled();
        row.preset = rule.preset();
        row.revision = rule.revision();
        row.createdAt = rule.createdAt();
        row.updatedAt = rule.updatedAt();
        row.evaluatedUntil = rule.evaluatedUntil();
        row.intervalMillis = rule.definition().timing().interval().toMillis();
        try {
            row.definition = json.writeValueAsString(RuleBody.of(rule.definition()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a rule that is not JSON", e);
        }
    }

    private Rule toRule(PostgresRuleRow row) {
        return new Rule(
                row.id,
                row.tenant,
                definition(row),
                row.preset,
                row.revision,
                row.createdAt,
                row.updatedAt,
                row.evaluatedUntil);
    }

    /** One rule that cannot be read must not keep the others from being evaluated. */
    private Optional<Rule> readable(PostgresRuleRow row) {
        try {
            return Optional.of(toRule(row));
        } catch (IllegalStateException e) {
            LOG.errorf(e, "rule cannot be read ruleId=%s", row.id);
            return Optional.empty();
        }
    }

    private RuleDefinition definition(PostgresRuleRow row) {
        try {
            return switch (RuleReader.read(json.readValue(row.definition, RuleBody.class))) {
                case RuleReader.Outcome.Read(RuleDefinition definition) -> definition;
                case RuleReader.Outcome.Refused(var faults) ->
                    throw new IllegalStateException("stored rule " + row.id + " is refused: " + faults);
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored rule " + row.id + " cannot be read", e);
        }
    }
}
