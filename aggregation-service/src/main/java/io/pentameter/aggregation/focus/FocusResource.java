package io.pentameter.aggregation.focus;

import io.pentameter.aggregation.cost.SqlLedger;
import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.Streams;
import io.pentameter.aggregation.engine.TenantQuery;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.aggregation.pool.SharedCosts;
import io.pentameter.aggregation.retention.SqlKeptSince;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ledger as a file of FOCUS rows. */
@Path("/api/v1/costs/export")
@RunOnVirtualThread
class FocusResource {

    private final Reads reads;
    private final Streams streams;
    private final Callers callers;
    private final SharedCosts costs;
    private final InstantSource clock;

    FocusResource(Reads reads, Inserts inserts, Streams streams, Callers callers, InstantSource clock) {
        costs = new SharedCosts(reads, inserts);
        this.clock = clock;
        this.reads = reads;
        this.streams = streams;
        this.callers = callers;
    }

    /** What the rows cannot say stands in the headers: for how much of the traffic they speak. */
    @GET
    public Response export(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("format") @Nullable String format,
            @QueryParam("version") @Nullable String version,
            @QueryParam("grain") @Nullable String grain,
            @QueryParam("priceBasis") @Nullable String priceBasis,
            @QueryParam("shared") @Nullable String shared,
            @QueryParam("allocateBy") @Nullable String allocateBy) {
        String tenant = callers.with(Scope.READ).requireTenant();
        FocusQuery query = FocusQuery.read(
                new FocusQuery.Parameters(from, to, format, version, grain, priceBasis, shared, allocateBy));
        SqlKeptSince.require(reads, tenant, "from", query.window().from());
        SqlLedger ledger = SqlLedger.of(reads, tenant, query.window(), query.basis());
        SqlCoverage coverage = SqlCoverage.read(reads, tenant, ledger, query.window());
        SharedRows rows = new SharedRows(
                query.withShared() ? costs.of(tenant, query.shared(clock.instant())) : List.of(), query.by());
        Bindings bindings = new Bindings();
        InputStream file = streams.open(
                new TenantQuery(tenant, FocusSql.rows(ledger, query, rows, tenant, bindings), bindings),
                query.format());
        StreamingOutput body = out -> {
            try (file) {
                file.transferTo(out);
            }
        };
        return Response.ok(body, query.isText() ? "text/csv;charset=UTF-8" : "application/vnd.apache.parquet")
                .header("Content-Disposition", "attachment; filename=\"" + query.fileName() + "\"")
                .header("Pentameter-Coverage-Calls", coverage.calls())
                .header("Pentameter-Coverage-Tokens", coverage.tokens())
                .header("Pentameter-Ledger-Usd", coverage.usd())
                .header("Pentameter-Shared-Usd", Usd.text(rows.total()))
                .header("Pentameter-Price-Basis", query.basis().word())
                .build();
    }
}
