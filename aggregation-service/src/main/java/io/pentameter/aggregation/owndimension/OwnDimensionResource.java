package io.pentameter.aggregation.owndimension;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.aggregation.audit.Acts;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes that a tenant has declared as dimensions of its own. */
@Path("/api/v1/costs/dimensions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class OwnDimensionResource {

    private static final String REQUEST_ID = "Pentameter-Request-Id";

    private final Reads reads;
    private final Inserts inserts;
    private final Acts acts;
    private final Callers callers;
    private final InstantSource clock;

    OwnDimensionResource(Reads reads, Inserts inserts, Acts acts, Callers callers, InstantSource clock) {
        this.reads = reads;
        this.inserts = inserts;
        this.acts = acts;
        this.callers = callers;
        this.clock = clock;
    }

    /**
     * @param maximum   how many there may be
     * @param changedBy absent as long as nothing was declared
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OwnDimensionsView(
            List<String> dimensions,
            int maximum,
            @Nullable String changedBy,
            @Nullable Instant changedAt) {

        static OwnDimensionsView of(OwnDimensions declared) {
            boolean isNone = declared.changes() == 0;
            return new OwnDimensionsView(
                    declared.attributes(),
                    OwnDimensions.MAX,
                    isNone ? null : declared.changedBy(),
                    isNone ? null : declared.changedAt());
        }
    }

    @GET
    public OwnDimensionsView get() {
        String tenant = callers.with(Scope.READ).requireTenant();
        return OwnDimensionsView.of(SqlOwnDimensions.of(reads, tenant));
    }

    /** Declares the whole list; the one that is in force already is no change, and nothing has to be summed again. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public OwnDimensionsView put(
            @Nullable OwnDimensionsBody body, @HeaderParam(REQUEST_ID) @Nullable String requestId) {
        Caller caller = callers.with(Scope.ADMIN);
        String tenant = caller.requireTenant();
        if (body == null) {
            throw ProblemException.invalid("", "the body must be a JSON object");
        }
        List<String> wanted = body.read();
        OwnDimensions present = SqlOwnDimensions.of(reads, tenant);
        if (wanted.equals(present.attributes())) {
            return OwnDimensionsView.of(present);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        long version = Math.max(ChronoUnit.MICROS.between(Instant.EPOCH, now), present.version() + 1);
        OwnDimensions next = new OwnDimensions(wanted, present.changes() + 1, version, caller.subject(), now);
        acts.record(
                caller,
                "own_dimensions.replace",
                "own_dimensions",
                requestId == null ? "" : requestId,
                Map.of("dimensions", String.join(", ", wanted), "before", String.join(", ", present.attributes())));
        SqlOwnDimensions.declare(inserts, tenant, next);
        return OwnDimensionsView.of(next);
    }
}
