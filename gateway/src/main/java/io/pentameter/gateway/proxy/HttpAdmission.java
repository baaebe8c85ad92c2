package io.pentameter.gateway.proxy;

import io.pentameter.gateway.credential.Authentication;
import io.pentameter.gateway.error.Refusal;
import io.pentameter.gateway.limit.Admission;
import io.pentameter.gateway.limit.Limiter;
import io.pentameter.gateway.limit.RefusalLedger;
import io.pentameter.gateway.route.Route;
import io.pentameter.gateway.route.Upstream;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Lets a known caller's request in, within the limits of its key and tenant. */
@ApplicationScoped
class HttpAdmission {

    private final Limiter limiter;
    private final RefusalLedger ledger;
    private final HttpMetrics metrics;

    HttpAdmission(Limiter limiter, RefusalLedger ledger, HttpMetrics metrics) {
        this.limiter = limiter;
        this.ledger = ledger;
        this.metrics = metrics;
    }

    /** A caller whose request may pass, and where its cost is to be booked. */
    record Admitted(Caller caller, Limiter.Account account) {}

    /** Empty if the request was answered with 429. */
    Optional<Admitted> admit(HttpExchange exchange, Route route, Authentication.Known known) {
        Caller caller = known.caller();
        String tenant = caller.tenant() == null ? caller.subject() : caller.tenant();
        // a person's subject may be the same in two tenants; a key's id is unique
        Limiter.Account account = limiter.account(tenant + " " + caller.subject(), known.own(), tenant, known.tenant());
        Admission admission = account.admit();
        exchange.response().putHeader("RateLimit-Policy", admission.policy());
        exchange.response().putHeader("RateLimit", admission.rateLimit());
        if (admission.refused().isEmpty()) {
            return Optional.of(new Admitted(caller, account));
        }
        Admission.Exceeded exceeded = admission.refused().get();
        report(exchange, route, caller, "rate_limited");
        metrics.refuse(
                exchange,
                new Refusal(ProblemKind.LIMIT_EXCEEDED, exceeded.sentence(), exceeded.reason(), exceeded.delay()));
        return Optional.empty();
    }

    /** Tells the tenant's accounting of telemetry that was turned away. */
    void report(HttpExchange exchange, Route route, Caller caller, String reason) {
        if (route.upstream() == Upstream.INGEST && caller.tenant() != null) {
            ledger.add(new RefusalLedger.Account(caller.tenant(), caller.subject(), reason, exchange.route()));
        }
    }
}
