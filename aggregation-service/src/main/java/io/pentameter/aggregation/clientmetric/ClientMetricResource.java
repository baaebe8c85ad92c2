package io.pentameter.aggregation.clientmetric;

import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.page.Request;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What clients measured themselves, and beside it what their spans say. */
@Path("/api/v1/client-metrics")
@RunOnVirtualThread
class ClientMetricResource {

    private static final Duration DEFAULT_WINDOW = Duration.ofDays(1);

    private final SqlClientMetrics metrics;
    private final Callers callers;
    private final InstantSource clock;

    ClientMetricResource(Reads reads, Callers callers, InstantSource clock) {
        metrics = new SqlClientMetrics(reads);
        this.callers = callers;
        this.clock = clock;
    }

    record NamesView(List<SqlClientMetrics.Name> metrics) {}

    /** Metrics of which points lie in the window, by name. */
    @GET
    public NamesView names(@RestQuery @Nullable String from, @RestQuery @Nullable String to) {
        String tenant = callers.with(Scope.READ).requireTenant();
        Request request = new Request();
        Instant end = request.instant("to", to, clock.instant().plus(Duration.ofHours(1)));
        Instant begin = request.instant("from", from, end.minus(DEFAULT_WINDOW));
        request.window(begin, end);
        if (!request.faults().isEmpty()) {
            throw ProblemException.invalid(request.faults());
        }
        return new NamesView(metrics.names(tenant, begin, end));
    }

    @POST
    @Path("query")
    public ClientMetricAnswer query(ClientMetricQueryReader.@Nullable Body body) {
        String tenant = callers.with(Scope.READ).requireTenant();
        return metrics.answer(tenant, new ClientMetricQueryReader().read(body));
    }
}
