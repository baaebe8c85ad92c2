package io.pentameter.stack;

import io.pentameter.stack.engine.ClickHouseEngine;
import io.pentameter.stack.engine.PentameterDatabase;
import io.pentameter.stack.process.Ports;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings that each service is given: only what it needs, secrets above all.
 *
 * @param agentKey file of the key for Datadog's tracers
 */
record ServiceEnvironment(PortPlan ports, Secrets secrets, SigningKeys keys, Path agentKey) {

    static final String REALM = "pentameter";

    Map<String, String> of(ServiceName service) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TZ", "UTC");
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(ports.of(service)));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("PENTAMETER_KAFKA_BOOTSTRAP", "127.0.0.1:" + ports.kafka());
        environment.put("PENTAMETER_TOKEN_JWKS", keys.jwks().toString());
        environment.put("PENTAMETER_PUBLIC_URL", publicUrl());
        switch (service) {
            case INGEST -> {
                database(environment, "ingest");
                environment.put("PENTAMETER_INGEST_PSEUDONYM_KEY", secrets.key("ingest.pseudonyms"));
            }
            case AGGREGATION -> clickHouse(environment);
            case QUALITY -> {
                database(environment, "quality");
                signingKey(environment, service);
                url(environment, ServiceName.AGGREGATION);
                environment.put("PENTAMETER_QUALITY_JUDGE_ENCRYPTION_KEY", secrets.key("quality.judge"));
                environment.put("PENTAMETER_QUALITY_SAMPLING_KEY", secrets.key("quality.sampling"));
                // a machine of one's own: its judges and receivers may be on it too
                environment.put("PENTAMETER_QUALITY_JUDGE_ALLOW_INTERNAL_ENDPOINTS", "true");
            }
            case ALERT -> {
                environment.put("PENTAMETER_ALERT_ALLOW_PRIVATE_DESTINATIONS", "true");
                database(environment, "alert");
                signingKey(environment, service);
                url(environment, ServiceName.AGGREGATION);
            }
            case GATEWAY -> gateway(environment);
        }
        return environment;
    }

    String publicUrl() {
        return "http://localhost:" + ports.base();
    }

    String realmUrl() {
        return "http://127.0.0.1:" + ports.keycloak() + "/realms/" + REALM;
    }

    private void gateway(Map<String, String> environment) {
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(ports.gatewayManagement()));
        environment.put("PENTAMETER_GATEWAY_GRPC_PORT", String.valueOf(ports.grpc()));
        if (Ports.isFree(ports.datadogAgent())) { // else an agent of Datadog's is there, which keeps it
            environment.put("PENTAMETER_GATEWAY_CREDENTIAL_AGENT_PORTS", ports.datadogAgent() + "=" + agentKey);
        }
        environment.put("PENTAMETER_OIDC_URL", realmUrl());
        environment.put("PENTAMETER_OIDC_CLIENT_SECRET", secrets.password("keycloak.client"));
        database(environment, "gateway");
        signingKey(environment, ServiceName.GATEWAY);
        for (ServiceName other : ServiceName.values()) {
            if (other != ServiceName.GATEWAY) {
                url(environment, other);
            }
        }
    }

    private void clickHouse(Map<String, String> environment) {
        environment.put("PENTAMETER_CLICKHOUSE_URL", "http://127.0.0.1:" + ports.clickHouse());
        environment.put("PENTAMETER_CLICKHOUSE_USER", ClickHouseEngine.USER);
        environment.put("PENTAMETER_CLICKHOUSE_PASSWORD", secrets.password("clickhouse"));
        environment.put("PENTAMETER_CLICKHOUSE_DATABASE", ClickHouseEngine.DATABASE);
    }

    private void database(Map<String, String> environment, String schema) {
        String owner = PentameterDatabase.owner(schema);
        String app = PentameterDatabase.app(schema);
        environment.put(
                "PENTAMETER_DATABASE_URL",
                "postgresql://127.0.0.1:" + ports.postgres() + "/" + PentameterDatabase.NAME);
        environment.put("PENTAMETER_DATABASE_OWNER_USER", owner);
        environment.put("PENTAMETER_DATABASE_OWNER_PASSWORD", secrets.password("postgres." + owner));
        environment.put("PENTAMETER_DATABASE_APP_USER", app);
        environment.put("PENTAMETER_DATABASE_APP_PASSWORD", secrets.password("postgres." + app));
    }

    private void signingKey(Map<String, String> environment, ServiceName service) {
        environment.put(
                "PENTAMETER_TOKEN_SIGNING_KEY",
                keys.privateKey(service.module()).toString());
    }

    private void url(Map<String, String> environment, ServiceName service) {
        environment.put("PENTAMETER_" + service.name() + "_URL", "http://127.0.0.1:" + ports.of(service));
    }
}
