package io.pentameter.aggregation.statement;

import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.pool.SharedCosts;
import io.pentameter.aggregation.retention.SqlKeptSince;
import io.pentameter.aggregation.sink.SinkProgress;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each customer, feature or team is charged for a month. */
@Path("/api/v1/costs/statement")
@RunOnVirtualThread
class StatementResource {

    private final Reads reads;
    private final SharedCosts shared;
    private final SinkProgress progress;
    private final Callers callers;
    private final InstantSource clock;

    StatementResource(Reads reads, Inserts inserts, SinkProgress progress, Callers callers, InstantSource clock) {
        this.reads = reads;
        shared = new SharedCosts(reads, inserts);
        this.progress = progress;
        this.callers = callers;
        this.clock = clock;
    }

    @GET
    public Response statement(
            @QueryParam("month") @Nullable String month,
            @QueryParam("by") @Nullable String by,
            @QueryParam("format") @Nullable String format,
            @QueryParam("detail") @Nullable String detail,
            @QueryParam("priceBasis") @Nullable String priceBasis,
            @QueryParam("shared") @Nullable String withShared) {
        String tenant = callers.with(Scope.READ).requireTenant();
        StatementQuery query =
                StatementQuery.read(new StatementQuery.Parameters(month, by, format, detail, priceBasis, withShared));
        SqlKeptSince.require(reads, tenant, "month", query.window().from());
        Instant visibleUntil = progress.visibleUntil().orElse(null);
        int limit = query.withDays() ? Statements.MAX_LINES_WITH_DAYS : Statements.MAX_LINES;
        Instant now = clock.instant();
        SqlStatement.Found found = new SqlStatement(reads, tenant).read(query, limit);
        Statement statement =
                Statements.of(query, Entries.of(found, shares(tenant, query, now), limit), now, visibleUntil);
        return switch (query.format()) {
            case JSON -> Response.ok(statement, "application/json").build();
            case CSV -> file(CsvStatement.of(statement), "text/csv;charset=UTF-8", query, "csv");
            case PDF -> file(PdfStatement.of(statement), "application/pdf", query, "pdf");
        };
    }

    private List<SharedCosts.Share> shares(String tenant, StatementQuery query, Instant now) {
        return query.withShared()
                ? shared.of(
                        tenant,
                        new SharedCosts.Question(
                                query.month().atDay(1),
                                query.month().plusMonths(1).atDay(1),
                                List.of(query.dimension()),
                                query.basis(),
                                LocalDate.ofInstant(now, ZoneOffset.UTC)))
                : List.of();
    }

    private static Response file(Object body, String type, StatementQuery query, String ending) {
        return Response.ok(body, type)
                .header("Pentameter-Price-Basis", query.basis().word())
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"statement-%s.%s\"".formatted(query.month(), ending))
                .build();
    }
}
