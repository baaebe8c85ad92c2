package io.pentameter.aggregation.reconciliation;

import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.retention.SqlKeptSince;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Invoices against the ledger, for one tenant. */
@Path("/api/v1/costs/reconciliation")
@RunOnVirtualThread
class ReconciliationResource {

    private static final int MAX_DAYS = 400;
    private static final int DEFAULT_DAYS = 31;
    private static final int MAX_TEXT = 100;

    private final Reads reads;
    private final Reconciliation reconciliation;
    private final Callers callers;
    private final InstantSource clock;

    ReconciliationResource(Reads reads, Inserts inserts, Callers callers, InstantSource clock) {
        this.reads = reads;
        reconciliation = new Reconciliation(reads, inserts);
        this.callers = callers;
        this.clock = clock;
    }

    /**
     * @param from    a day in UTC; absent: 31 days before {@code to}
     * @param to      the day after the last; absent: tomorrow
     * @param project dimension of the spans that holds the provider's project; absent: the attribute project
     * @param priceBasis of the ledger; absent: as priced now, because an invoice is settled by what was agreed in the end
     */
    @GET
    public ReconciliationView compare(
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @RestQuery @Nullable String provider,
            @RestQuery @Nullable String by,
            @RestQuery @Nullable String project,
            @RestQuery @Nullable String priceBasis) {
        String tenant = callers.with(Scope.READ).requireTenant();
        List<Fault> faults = new ArrayList<>();
        LocalDate end = day(
                "to", to, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1), faults);
        LocalDate begin = day("from", from, end.minusDays(DEFAULT_DAYS), faults);
        if (faults.isEmpty()
                && (!begin.isBefore(end) || begin.plusDays(MAX_DAYS).isBefore(end))) {
            faults.add(new Fault(
                    "to", "must be after from, by %d days at most: %s to %s".formatted(MAX_DAYS, begin, end)));
        }
        if (provider != null && (provider.isBlank() || provider.length() > MAX_TEXT)) {
            faults.add(new Fault("provider", "must have 1 to %d characters".formatted(MAX_TEXT)));
        }
        Comparison.By cut = Comparison.By.of(by == null ? "day" : by).orElseGet(() -> {
            faults.add(new Fault("by", "must be one of %s: '%s'".formatted(Comparison.By.words(), by)));
            return Comparison.By.DAY;
        });
        Dimension column = Dimension.of(project == null ? Dimension.ATTRIBUTE + "project" : project)
                .orElseGet(() -> {
                    faults.add(new Fault(
                            "project", "is not known: '%s'; known are %s".formatted(project, Dimension.words())));
                    return new Dimension("feature", "feature", "");
                });
        PriceBasis basis = PriceBasis.read("priceBasis", priceBasis, faults);
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        Reconciliation.Question question =
                new Reconciliation.Question(begin, end, Optional.ofNullable(provider), cut, column, basis);
        SqlKeptSince.require(
                reads, tenant, "from", begin.atStartOfDay(ZoneOffset.UTC).toInstant());
        return new ReconciliationView(
                begin.toString(),
                end.toString(),
                cut.word(),
                basis,
                reconciliation.of(tenant, question).stream()
                        .map(result -> ReconciliationView.of(result, cut))
                        .toList());
    }

    private static LocalDate day(String parameter, @Nullable String text, LocalDate otherwise, List<Fault> faults) {
        if (text == null) {
            return otherwise;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 2000 && day.getYear() < 2200) {
                return day;
            }
        } catch (DateTimeException _) {
            // falls through to the one complaint about it
        }
        faults.add(new Fault(
                parameter, "must be a day in UTC from 2000 to 2199 such as 2026-11-01: '%s'".formatted(text)));
        return otherwise;
    }
}
