package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Direct and shared cost of one tenant, by element. */
@Path("/api/v1/costs/allocation")
@RunOnVirtualThread
class AllocationResource {

    private final Reads reads;
    private final SqlPools pools;
    private final Callers callers;
    private final InstantSource clock;

    AllocationResource(Reads reads, Inserts inserts, Callers callers, InstantSource clock) {
        this.reads = reads;
        pools = new SqlPools(reads, inserts);
        this.callers = callers;
        this.clock = clock;
    }

    @POST
    public AllocationView allocate(@Nullable AllocationBody body) {
        String tenant = callers.with(Scope.READ).requireTenant();
        if (body == null) {
            throw ProblemException.invalid("", "the body must be a JSON object with from, to and by");
        }
        List<Fault> faults = new ArrayList<>();
        AllocationQuery query = AllocationQuery.of(body, pools.list(tenant), faults);
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return AllocationView.of(
                query, new Allocator(query, new SqlMeasurements(reads, tenant, query.basis()), today).allocate());
    }
}
