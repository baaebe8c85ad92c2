package io.pentameter.gateway.proxy;

import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.AuditRecord;
import io.pentameter.gateway.audit.Act;
import io.pentameter.gateway.audit.AuditTrail;
import io.pentameter.gateway.error.Refusal;
import io.pentameter.gateway.log.KafkaLog;
import io.pentameter.gateway.route.Route;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/** Writes reads of payloads and of the audit log, and refused administrative acts, to the audit topic. */
@ApplicationScoped
class HttpAudit {

    private static final Logger LOG = Logger.getLogger(HttpAudit.class);

    private static final Refusal AUDIT_AWAY = Refusal.unavailable(
            "audit_away", "the read cannot be written to the audit log at the moment, so it is not allowed");

    private final AuditTrail trail;
    private final KafkaLog log;
    private final HttpMetrics metrics;

    HttpAudit(AuditTrail trail, KafkaLog log, HttpMetrics metrics) {
        this.trail = trail;
        this.log = log;
        this.metrics = metrics;
    }

    /** Goes on once the broker has the record, if the route wants one: what cannot be written down is not shown. */
    void before(HttpExchange exchange, Route route, Caller caller, Runnable next) {
        if (!isAudited(route, caller)) {
            next.run();
            return;
        }
        CompletableFuture<Boolean> written =
                append(exchange, caller, read(exchange, route)).handle((_, failure) -> failure == null);
        exchange.whenDone(written, isWritten -> {
            if (isWritten) {
                next.run();
            } else {
                metrics.refuse(exchange, AUDIT_AWAY);
            }
        });
    }

    /** Notes that somebody tried what only others may; the answer does not wait for it. */
    void denied(HttpExchange exchange, Caller caller) {
        Act act = Act.denied("request.denied", exchange.request().method() + " " + exchange.route(), "missing_scope");
        var _ = append(exchange, caller, act).whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.warnf("denied attempt was not audited: requestId=%s error=%s", exchange.requestId(), failure);
            }
        });
    }

    private static boolean isAudited(Route route, Caller caller) {
        return switch (route.audited()) {
            case NO -> false;
            case PAYLOAD_READ -> caller.scopes().contains(Scope.PAYLOAD);
            case AUDIT_READ, EXPORT -> true;
        };
    }

    private static Act read(HttpExchange exchange, Route route) {
        String path = exchange.path();
        return switch (route.audited()) {
            case NO, PAYLOAD_READ -> Act.of("payload.read", path.substring(path.lastIndexOf('/') + 1));
            case AUDIT_READ -> Act.of("audit.read", "");
            case EXPORT -> Act.of("data.export", path);
        };
    }

    private CompletableFuture<Void> append(HttpExchange exchange, Caller caller, Act act) {
        String tenant = caller.tenant() == null ? "" : caller.tenant();
        AuditRecord made = trail.record(caller, tenant, act, exchange.requestId());
        return log.append(Topics.AUDIT.topicName(), PartitionKey.ofTenant(tenant), made.toByteArray());
    }
}
