package io.pentameter.stack;

import io.pentameter.stack.process.Ports;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which port is whose, as offsets to one base; all on the loopback address.
 *
 * @param base the gateway's public port, {@value #MIN_BASE}..{@value #MAX_BASE}
 */
public record PortPlan(int base) {

    public static final int DEFAULT_BASE = 4300;

    static final int MIN_BASE = 1024;
    static final int MAX_BASE = 65_000;

    private static final int DATADOG_AGENT = 8126;

    public PortPlan {
        if (base < MIN_BASE || base > MAX_BASE) {
            throw new IllegalArgumentException("--port-base must be in %d..%d: %d".formatted(MIN_BASE, MAX_BASE, base));
        }
    }

    public int of(ServiceName service) {
        return base + service.offset();
    }

    public int kafka() {
        return base + 10;
    }

    public int kafkaController() {
        return base + 11;
    }

    public int clickHouse() {
        return base + 12;
    }

    public int postgres() {
        return base + 13;
    }

    public int keycloak() {
        return base + 14;
    }

    public int keycloakManagement() {
        return base + 15;
    }

    /** The gateway's port for OTLP over gRPC; with the default base the one that clients know. */
    public int grpc() {
        return base + 17;
    }

    /** Where tracers look for Datadog's agent; with another base, so that stacks do not meet, one of its own. */
    public int datadogAgent() {
        return base == DEFAULT_BASE ? DATADOG_AGENT : base + 18;
    }

    public int gatewayManagement() {
        return base + 20;
    }

    /** The receiver of alerts that the demo starts. */
    public int demoWebhook() {
        return base + 30;
    }

    /** A sentence for each port that somebody else listens on. */
    public List<String> taken() {
        return all().entrySet().stream()
                .filter(entry -> !Ports.isFree(entry.getKey()))
                .map(entry -> "port %d is taken; %s wants it".formatted(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Map<Integer, String> all() {
        Map<Integer, String> all = new LinkedHashMap<>();
        for (ServiceName service : ServiceName.values()) {
            all.put(of(service), "the " + service.module());
        }
        all.put(kafka(), "Kafka");
        all.put(kafkaController(), "Kafka's controller");
        all.put(clickHouse(), "the ClickHouse engine");
        all.put(postgres(), "PostgreSQL");
        all.put(keycloak(), "Keycloak");
        all.put(keycloakManagement(), "Keycloak's management");
        all.put(grpc(), "the gateway's gRPC");
        all.put(gatewayManagement(), "the gateway's management");
        return all;
    }
}
