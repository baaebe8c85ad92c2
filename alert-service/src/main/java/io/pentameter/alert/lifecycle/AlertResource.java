package io.pentameter.alert.lifecycle;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.alert.outbox.Act;
import io.pentameter.alert.outbox.PostgresAuditTrail;
import io.pentameter.alert.request.Cursor;
import io.pentameter.alert.request.Page;
import io.pentameter.alert.request.Requester;
import io.pentameter.alert.store.PostgresTransaction;
import io.pentameter.alert.store.PostgresTransactions;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tenant's alerts, those that are over included. */
@Path("/api/v1/alerts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class AlertResource {

    private static final List<String> STATES = List.of("pending", "firing", "resolved");
    private static final int MAX_NOTE = 2_000;

    private final Callers callers;
    private final PostgresTransactions transactions;
    private final PostgresAlerts alerts;
    private final PostgresAuditTrail audit;
    private final InstantSource clock;

    AlertResource(
            Callers callers,
            PostgresTransactions transactions,
            PostgresAlerts alerts,
            PostgresAuditTrail audit,
            InstantSource clock) {
        this.callers = callers;
        this.transactions = transactions;
        this.alerts = alerts;
        this.audit = audit;
        this.clock = clock;
    }

    /** The newest first. */
    @GET
    public Page<AlertView> list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("rule") @Nullable String ruleId,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        String tenant = callers.with(Scope.READ).requireTenant();
        if (state != null && !STATES.contains(state)) {
            throw ProblemException.invalid(
                    "state", "state must be one of %s: %s".formatted(String.join(", ", STATES), state));
        }
        int max = Cursor.limit(limit);
        var wanted = new PostgresAlerts.Wanted(state, ruleId, Cursor.parse(cursor), max + 1);
        List<PostgresAlertRow> found = transactions.asTenant(tenant, transaction -> alerts.page(transaction, wanted));
        return Page.of(found, max, last -> new Cursor(last.pendingSince, last.id), AlertView::of);
    }

    @GET
    @Path("/{id}")
    public AlertView get(String id) {
        String tenant = callers.with(Scope.READ).requireTenant();
        return transactions.asTenant(tenant, transaction -> AlertView.of(found(transaction, id)));
    }

    /** Somebody has seen it; the first to say so stays. */
    @POST
    @Path("/{id}/acknowledge")
    public AlertView acknowledge(
            String id,
            @HeaderParam("Pentameter-Request-Id") @Nullable String requestId,
            @Nullable Acknowledgement body) {
        Requester who = Requester.of(callers.with(Scope.ADMIN), requestId);
        String note = body == null ? null : body.note();
        if (note != null && (note.length() > MAX_NOTE || note.indexOf('\0') >= 0)) {
            throw ProblemException.invalid(
                    "/note",
                    "note must have at most %d characters, none of them NUL: %d".formatted(MAX_NOTE, note.length()));
        }
        return transactions.asTenant(who.tenant(), transaction -> {
            PostgresAlertRow row = found(transaction, id);
            if (row.acknowledgedAt == null) {
                transaction.executeSql(
                        """
                        update alert set acknowledged_at = :now, acknowledged_by = :who, note = nullif(:note, '')
                        where id = :id and acknowledged_at is null""",
                        Map.of("now", clock.instant(), "who", who.name(), "note", note == null ? "" : note, "id", id));
                audit.add(transaction, who, new Act("alert.acknowledge", id, Map.of("rule", row.ruleId)));
            }
            return AlertView.of(found(transaction, id));
        });
    }

    private PostgresAlertRow found(PostgresTransaction transaction, String id) {
        return alerts.find(transaction, id.replace('\0', ' '))
                .orElseThrow(() -> new ProblemException(ProblemKind.NOT_FOUND, "there is no alert " + id));
    }

    /** @param note why, or what is being done; may be absent */
    record Acknowledgement(@Nullable String note) {}

    /**
     * Times are the numbers' own, except that of the acknowledgement.
     *
     * @param value the newest that is known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AlertView(
            String id,
            String ruleId,
            String ruleName,
            String fingerprint,
            String state,
            String severity,
            Map<String, String> group,
            BigDecimal value,
            BigDecimal threshold,
            long sample,
            Instant pendingSince,
            @Nullable Instant firingSince,
            @Nullable Instant resolvedAt,
            @Nullable String resolution,
            @Nullable Instant acknowledgedAt,
            @Nullable String acknowledgedBy,
            @Nullable String note) {

        static AlertView of(PostgresAlertRow row) {
            return new AlertView(
                    row.id,
                    row.ruleId,
                    row.ruleName,
                    row.fingerprint,
                    row.state,
                    row.severity,
                    GroupText.read(row.dimensions),
                    row.value.stripTrailingZeros(),
                    row.threshold.stripTrailingZeros(),
                    row.sample,
                    row.pendingSince,
                    row.firingSince,
                    row.resolvedAt,
                    row.resolution,
                    row.acknowledgedAt,
                    row.acknowledgedBy,
                    row.note);
        }
    }
}
