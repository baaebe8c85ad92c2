package io.pentameter.alert.rule;

import io.pentameter.alert.identity.Ids;
import io.pentameter.alert.store.PostgresTransaction;
import io.pentameter.alert.store.PostgresTransactions;
import io.pentameter.contracts.v1.TenantConfigRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Gives each tenant the preset pack, once.
 *
 * <p>What was installed is remembered apart from the rules, so that hearing of a tenant again, after a restart or from
 * another replica, neither doubles a rule nor brings back a deleted one.
 */
@ApplicationScoped
class PostgresPresets {

    private final PostgresTransactions transactions;
    private final PostgresRules rules;
    private final InstantSource clock;
    private final Ids ids;

    PostgresPresets(PostgresTransactions transactions, PostgresRules rules, InstantSource clock, Ids ids) {
        this.transactions = transactions;
        this.rules = rules;
        this.clock = clock;
        this.ids = ids;
    }

    /** The tenant exists; a suspended one keeps its rules, but they are not evaluated. */
    void heardOf(TenantConfigRecord heard) {
        String tenant = heard.getTenant();
        transactions.asTenantDo(tenant, transaction -> {
            remember(transaction, heard, !heard.getProfile().getSuspended());
            PresetPack.all().forEach((preset, definition) -> install(transaction, tenant, preset, definition));
        });
    }

    /** The tenant was withdrawn. */
    void withdrawn(String tenant) {
        transactions.asTenantDo(
                tenant,
                transaction -> transaction.executeSql(
                        "update known_tenant set active = false, changed_at = :now where tenant = :tenant",
                        Map.of("now", clock.instant(), "tenant", tenant)));
    }

    private void remember(PostgresTransaction transaction, TenantConfigRecord heard, boolean active) {
        transaction.executeSql(
                """
                insert into known_tenant (tenant, active, version, changed_at)
                values (:tenant, :active, :version, :now)
                on conflict (tenant) do update
                set active = excluded.active, version = excluded.version, changed_at = excluded.changed_at
                where known_tenant.version <= excluded.version""",
                Map.of(
                        "tenant", heard.getTenant(),
                        "active", active,
                        "version", heard.getVersion(),
                        "now", clock.instant()));
    }

    private void install(PostgresTransaction transaction, String tenant, String preset, RuleDefinition definition) {
        Instant now = clock.instant();
        int isNew = transaction.executeSql("""
                insert into installed_preset (tenant, preset, installed_at) values (:tenant, :preset, :now)
                on conflict do nothing""", Map.of("tenant", tenant, "preset", preset, "now", now));
        if (isNew == 1) {
            rules.insert(transaction, new Rule(ids.next("rule"), tenant, definition, preset, 1, now, now, null));
        }
    }
}
