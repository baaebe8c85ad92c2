package io.pentameter.aggregation.accounting;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.page.Cursors;
import io.pentameter.aggregation.page.Request;
import io.pentameter.aggregation.sink.SinkProgress;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What became of everything that a tenant sent. */
@Path("/api/v1/accounting")
@RunOnVirtualThread
class AccountingResource {

    private static final Duration DEFAULT_WINDOW = Duration.ofHours(1);
    private static final int MAX_ENTRIES = 10_000;

    private final SqlLedger ledger;
    private final SqlDeadLetters letters;
    private final Callers callers;
    private final Cursors cursors;
    private final SinkProgress progress;
    private final InstantSource clock;

    AccountingResource(Reads reads, Callers callers, Cursors cursors, SinkProgress progress, InstantSource clock) {
        ledger = new SqlLedger(reads);
        letters = new SqlDeadLetters(reads);
        this.callers = callers;
        this.cursors = cursors;
        this.progress = progress;
        this.clock = clock;
    }

    /** @param truncated whether entries are left out; the totals have all */
    record AccountingView(
            Instant from,
            Instant to,
            SumView totals,
            List<EntryView> entries,
            boolean truncated,
            @Nullable Instant visibleUntil) {}

    /** Numbers of spans, but for {@code refusedRequests} and {@code bodyBytes}. */
    record SumView(
            long received,
            Map<String, Long> refused,
            Map<String, Long> refusedRequests,
            long accepted,
            long unacknowledged,
            long stored,
            long duplicates,
            Map<String, Long> dropped,
            long pending,
            long bodyBytes) {

        static SumView of(Entry entry) {
            return new SumView(
                    entry.intake().received(),
                    entry.intake().refused(),
                    entry.intake().refusedRequests(),
                    entry.accepted(),
                    entry.unacknowledged(),
                    entry.stored(),
                    entry.duplicates(),
                    entry.dropped(),
                    entry.pending(),
                    entry.intake().bodyBytes());
        }
    }

    record EntryView(Instant minute, String key, SumView spans) {}

    /** From and to are cut to the minute, {@code to} upwards. */
    @GET
    public AccountingView accounting(@RestQuery @Nullable String from, @RestQuery @Nullable String to) {
        String tenant = callers.with(Scope.READ).requireTenant();
        Request request = new Request();
        Instant end = request.instant("to", to, clock.instant().plus(Duration.ofMinutes(1)));
        Instant begin = request.instant("from", from, end.minus(DEFAULT_WINDOW));
        request.window(begin, end);
        if (!request.faults().isEmpty()) {
            throw ProblemException.invalid(request.faults());
        }
        Instant first = begin.truncatedTo(ChronoUnit.MINUTES);
        Instant last = end.plus(Duration.ofMinutes(1)).minusNanos(1).truncatedTo(ChronoUnit.MINUTES);
        List<Entry> entries = ledger.entries(tenant, first, last);
        List<EntryView> views = entries.stream()
                .skip(Math.max(0, entries.size() - MAX_ENTRIES))
                .map(entry ->
                        new EntryView(entry.place().minute(), entry.place().keyId(), SumView.of(entry)))
                .toList();
        return new AccountingView(
                first,
                last,
                SumView.of(Entry.sumOf(entries)),
                views,
                entries.size() > MAX_ENTRIES,
                progress.visibleUntil().orElse(null));
    }

    /** @param next cursor of the next page; absent on the last */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeadLettersView(
            List<SqlDeadLetters.Letter> deadLetters,
            @Nullable String next) {}

    /** Dead letters, newest first, without their content. */
    @GET
    @Path("dead-letters")
    public DeadLettersView deadLetters(@RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
        String tenant = callers.with(Scope.READ).requireTenant();
        Request request = new Request();
        int most = request.limit(limit);
        Cursors.Place place = new Cursors.Place(tenant, "dead-letters");
        var position = request.position(cursors, place, cursor);
        if (!request.faults().isEmpty()) {
            throw ProblemException.invalid(request.faults());
        }
        List<SqlDeadLetters.Letter> found = letters.list(tenant, most, position);
        if (found.size() <= most) {
            return new DeadLettersView(found, null);
        }
        List<SqlDeadLetters.Letter> shown = found.subList(0, most);
        return new DeadLettersView(shown, cursors.of(place, shown.getLast().position()));
    }
}
