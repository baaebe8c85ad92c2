package io.pentameter.aggregation.pool;

import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
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
    public Response allocate(@Nullable AllocationBody body) {
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
        try (SqlMeasurements measurements = new SqlMeasurements(reads, tenant, query.basis())) {
            Allocated allocated = new Allocator(query, measurements, today).allocate();
            return query.isFile()
                    ? file(new CsvAllocation(query, allocated), query)
                    : Response.ok(AllocationView.of(query, allocated), MediaType.APPLICATION_JSON)
                            .build();
        } catch (ArithmeticException _) { // sums are 64-bit numbers of 1e-9 USD
            throw new ProblemException(
                    ProblemKind.UNPROCESSABLE,
                    "the window has more than nine billion dollars: ask for fewer days or pools");
        }
    }

    private static Response file(CsvAllocation rows, AllocationQuery query) {
        StreamingOutput body = rows::write;
        return Response.ok(body, "text/csv;charset=UTF-8")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"allocation-%s-%s.csv\"".formatted(query.from(), query.to()))
                .build();
    }
}
