package io.pentameter.stack;

import io.pentameter.stack.engine.ClickHouseEngine;
import io.pentameter.stack.seed.DemoEnv;
import io.pentameter.stack.seed.Person;
import io.pentameter.stack.seed.Realm;
import io.pentameter.stack.seed.TenantKeys;
import io.pentameter.stack.seed.Tenants;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Gives a running stack its two tenants and writes the file that tells a user how to reach it. */
final class Seed {

    static final String FIRST_TENANT = "acme";
    static final String SECOND_TENANT = "globex";

    private final LocalStack stack;

    Seed(LocalStack stack) {
        this.stack = stack;
    }

    void run() {
        Secrets secrets = stack.secrets();
        Tenants tenants =
                new Tenants(stack.environment().publicUrl(), stack.keycloakUrl(), secrets::find, secrets::keep);
        TenantKeys first =
                tenants.create(FIRST_TENANT, "Acme Support Cloud", stack.operator(), stack.members(FIRST_TENANT));
        TenantKeys second = tenants.create(SECOND_TENANT, "Globex", stack.operator(), stack.members(SECOND_TENANT));
        StackDirectory.writeSecret(stack.directory().agentKey(), first.ingest());
        stack.console().step("tenants", FIRST_TENANT + " and " + SECOND_TENANT + " are there");
        write(first, second);
    }

    private void write(TenantKeys first, TenantKeys second) {
        PortPlan ports = stack.ports();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("PENTAMETER_URL", stack.environment().publicUrl());
        facts.put("PENTAMETER_GRPC_URL", "http://localhost:" + ports.grpc());
        facts.put("PENTAMETER_DATADOG_AGENT_URL", "http://localhost:" + ports.datadogAgent());
        facts.put("PENTAMETER_TENANT", first.tenant());
        facts.put("PENTAMETER_INGEST_KEY", first.ingest());
        facts.put("PENTAMETER_READ_KEY", first.read());
        for (Person person : stack.members(FIRST_TENANT)) {
            put(facts, "PENTAMETER_" + person.role().toUpperCase(Locale.ROOT), person);
        }
        put(facts, "PENTAMETER_OPERATOR", stack.operator());
        facts.put("PENTAMETER_OIDC_TOKEN_URL", stack.environment().realmUrl() + "/protocol/openid-connect/token");
        facts.put("PENTAMETER_CLI_CLIENT", Realm.TERMINAL_CLIENT);
        facts.put("PENTAMETER_SECOND_TENANT", second.tenant());
        facts.put("PENTAMETER_SECOND_INGEST_KEY", second.ingest());
        facts.put("PENTAMETER_SECOND_READ_KEY", second.read());
        put(facts, "PENTAMETER_SECOND_ADMIN", stack.members(SECOND_TENANT).getFirst());
        facts.put("PENTAMETER_KAFKA_BOOTSTRAP", "127.0.0.1:" + ports.kafka());
        facts.put("PENTAMETER_CLICKHOUSE_URL", "http://127.0.0.1:" + ports.clickHouse());
        facts.put("PENTAMETER_CLICKHOUSE_USER", ClickHouseEngine.USER);
        facts.put("PENTAMETER_CLICKHOUSE_PASSWORD", stack.secrets().password("clickhouse"));
        facts.put("PENTAMETER_CLICKHOUSE_DATABASE", ClickHouseEngine.DATABASE);
        facts.put("PENTAMETER_GATEWAY_MANAGEMENT_URL", "http://127.0.0.1:" + ports.gatewayManagement());
        StackDirectory.writeSecret(stack.directory().demoEnv(), DemoEnv.text(facts));
    }

    private static void put(Map<String, String> facts, String name, Person person) {
        facts.put(name + "_USER", person.email());
        facts.put(name + "_PASSWORD", person.password());
    }
}
