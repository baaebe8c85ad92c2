package io.pentameter.ingest.price;

import io.pentameter.contracts.v1.OwnPrices;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.pentameter.pricing.OwnPriceCheck;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The caller's tenant's own prices; they hold for spans that come in seconds later, and for repricing. */
@Path("/api/v1/prices/overrides")
@RunOnVirtualThread
class OwnPricesResource {

    private final Callers callers;
    private final PostgresOwnPrices prices;

    OwnPricesResource(Callers callers, PostgresOwnPrices prices) {
        this.callers = callers;
        this.prices = prices;
    }

    @GET
    public PostgresOwnPrices.Stored get() {
        return prices.find(callers.with(Scope.ADMIN).requireTenant());
    }

    /** Replaces all of them. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public PostgresOwnPrices.Stored put(@Nullable OwnPricesBody body) {
        Caller caller = callers.with(Scope.ADMIN);
        caller.requireTenant();
        if (body == null) {
            throw ProblemException.invalid("", "the body is missing");
        }
        List<Fault> faults = new ArrayList<>();
        OwnPrices record = body.toRecord(faults);
        OwnPriceCheck.faults(record).forEach(fault -> faults.add(new Fault(fault.pointer(), fault.detail())));
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        return prices.replace(caller, body, record);
    }
}
