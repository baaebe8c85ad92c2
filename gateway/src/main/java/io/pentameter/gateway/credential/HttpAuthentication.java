package io.pentameter.gateway.credential;

import io.pentameter.gateway.error.Refusal;
import io.pentameter.kit.token.Caller;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Finds out who sends a request. A key in memory is decided at once, on the thread that asks. */
@ApplicationScoped
public class HttpAuthentication {

    static final Refusal STORE_AWAY =
            Refusal.unavailable("credentials_away", "the credential cannot be checked at the moment");

    private final KeyCache keys;
    private final HttpPeople people;
    private final AgentKeys agents;
    private final AgentPorts ports;
    private final InstantSource clock;

    HttpAuthentication(KeyCache keys, HttpPeople people, AgentKeys agents, AgentPorts ports, InstantSource clock) {
        this.agents = agents;
        this.ports = ports;
        this.keys = keys;
        this.people = people;
        this.clock = clock;
    }

    /**
     * Never fails: what goes wrong is a refusal.
     *
     * @param isAgent whether the client takes us for an agent in its own network, to which it sends no key: then the port
     *                that it reached, or the host that it called, may stand for one
     */
    public CompletableFuture<Authentication> of(RoutingContext context, boolean isAgent) {
        var headers = context.request().headers();
        PresentedCredential presented = PresentedCredential.read(headers::getAll);
        if (isAgent && presented instanceof PresentedCredential.Unusable) {
            Optional<KeyText> key = ofAgent(context);
            if (key.isPresent()) {
                return ofKey(key.get());
            }
        }
        return switch (presented) {
            case PresentedCredential.Key(KeyText key) -> ofKey(key);
            case PresentedCredential.Person(String token) -> people.authenticate(token, context);
            case PresentedCredential.Unusable(Refusal refusal) ->
                CompletableFuture.completedFuture(new Authentication.Refused(refusal));
        };
    }

    private Optional<KeyText> ofAgent(RoutingContext context) {
        SocketAddress reached = context.request().localAddress();
        Optional<KeyText> ofPort = reached == null ? Optional.empty() : ports.of(reached.port());
        if (ofPort.isPresent()) {
            return ofPort;
        }
        HostAndPort called = context.request().authority();
        return called == null ? Optional.empty() : agents.of(called.host(), called.port());
    }

    private CompletableFuture<Authentication> ofKey(KeyText key) {
        return keys.find(key.publicId())
                .handle((found, failure) ->
                        failure == null ? judge(key, found) : new Authentication.Refused(STORE_AWAY));
    }

    private Authentication judge(KeyText key, Optional<StoredKey> found) {
        if (found.isEmpty()) {
            return new Authentication.Refused(KeyVerdict.UNKNOWN.refusal());
        }
        StoredKey stored = found.get();
        KeyVerdict verdict = stored.judge(key.secret(), clock.instant());
        if (verdict != KeyVerdict.VALID) {
            return new Authentication.Refused(verdict.refusal());
        }
        Caller caller = new Caller(
                Authentication.ISSUER,
                stored.id(),
                stored.tenant(),
                stored.scopes(),
                Set.of(),
                stored.id(),
                stored.name());
        return new Authentication.Known(caller, stored.keyLimits(), stored.tenantLimits());
    }
}
