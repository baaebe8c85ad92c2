package io.pentameter.aggregation.repricing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.filter.FilterBody;
import io.pentameter.aggregation.filter.FilterReader;
import io.pentameter.aggregation.generation.PricesChanged;
import io.pentameter.aggregation.page.Request;
import io.pentameter.aggregation.pricebook.KafkaPrices;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Repricings of the caller's tenant: order, look at the report, apply, revert. */
@Path("/api/v1/costs/repricings")
@RunOnVirtualThread
class RepricingResource {

    /** Spans of the last minutes still arrive, and come priced by the book in force. */
    static final Duration OPEN = Duration.ofMinutes(15);

    private final SqlRepricings repricings;
    private final KafkaPrices prices;
    private final KafkaRepricingAudit audit;
    private final Callers callers;
    private final InstantSource clock;
    private final Event<PricesChanged> changed;

    RepricingResource(
            Reads reads,
            Inserts inserts,
            ObjectMapper json,
            KafkaPrices prices,
            KafkaRepricingAudit audit,
            Callers callers,
            InstantSource clock,
            Event<PricesChanged> changed) {
        repricings = new SqlRepricings(reads, inserts, json, clock);
        this.prices = prices;
        this.audit = audit;
        this.callers = callers;
        this.clock = clock;
        this.changed = changed;
    }

    /**
     * What is to be priced again.
     *
     * @param priceVersion of the book; {@code latest}, or absent, for the one in force
     * @param only         {@code all}, or absent; {@code unknown} for spans whose cost is not known
     */
    record OrderBody(
            @Nullable String from,
            @Nullable String to,
            @Nullable List<@Nullable FilterBody> filters,
            @Nullable String priceVersion,
            @Nullable String only) {}

    record ListView(List<RepricingView> repricings) {}

    @GET
    public ListView list() {
        String tenant = callers.with(Scope.READ).requireTenant();
        return new ListView(repricings.list(tenant).stream()
                .map(one -> RepricingView.of(one, repricings.visibility(one), null, null))
                .toList());
    }

    /** Orders one: it is worked out in the background, and changes nothing until it is applied. */
    @POST
    public Response order(@Nullable OrderBody body) {
        Caller caller = callers.with(Scope.ADMIN);
        String tenant = caller.requireTenant();
        RepricingOrder order = read(body);
        String version = order.priceVersion();
        KafkaPrices.Known known = prices.of(tenant);
        if (!version.equals(RepricingOrder.LATEST) && !known.names().contains(version)) {
            throw ProblemException.invalid(
                    "/priceVersion",
                    "there is no version '%s'; there are latest, %s"
                            .formatted(version, String.join(", ", known.names())));
        }
        repricings.underWay(tenant).ifPresent(other -> {
            throw new ProblemException(
                    ProblemKind.CONFLICT,
                    "repricing '%s' is being worked out; order the next when it is done".formatted(other.id()));
        });
        Instant now = clock.instant();
        Repricing ordered = new Repricing(
                tenant,
                UUID.randomUUID().toString(),
                SqlRepricings.micros(now),
                Repricing.State.QUEUED,
                order,
                "",
                0,
                -1,
                0,
                "",
                caller.name(),
                now);
        audit.write(caller, "repricing.order", ordered);
        repricings.store(ordered);
        return Response.accepted(RepricingView.of(ordered, Visibility.NEVER, null, null))
                .build();
    }

    @GET
    @Path("{id}")
    public RepricingView get(@PathParam("id") String id) {
        return view(found(callers.with(Scope.READ).requireTenant(), id));
    }

    /** Makes it visible, all at once. */
    @POST
    @Path("{id}/apply")
    public RepricingView apply(@PathParam("id") String id) {
        Caller caller = callers.with(Scope.ADMIN);
        Repricing repricing = found(caller.requireTenant(), id);
        Visibility visibility = repricings.visibility(repricing);
        if (visibility.revertedAt() != null) {
            throw conflict(id, "was reverted; order it again");
        }
        if (visibility.appliedAt() == null) {
            if (repricing.state() != Repricing.State.CALCULATED) {
                throw conflict(id, "is not worked out: " + repricing.state().word());
            }
            if (repricings.isOvertaken(repricing)) {
                throw conflict(
                        id, "was overtaken: another was applied or reverted since it was ordered; order it again");
            }
            audit.write(caller, "repricing.apply", repricing);
            repricings.addEvent(repricing, "applied", caller.name());
            changed.fire(new PricesChanged(repricing.tenant()));
        }
        return view(repricing);
    }

    /** Makes it invisible again, all at once: costs are then what they were without it. */
    @POST
    @Path("{id}/revert")
    public RepricingView revert(@PathParam("id") String id) {
        Caller caller = callers.with(Scope.ADMIN);
        Repricing repricing = found(caller.requireTenant(), id);
        Visibility visibility = repricings.visibility(repricing);
        if (visibility.appliedAt() == null) {
            throw conflict(id, "was never applied");
        }
        if (visibility.revertedAt() == null) {
            audit.write(caller, "repricing.revert", repricing);
            repricings.addEvent(repricing, "reverted", caller.name());
            changed.fire(new PricesChanged(repricing.tenant()));
        }
        return view(repricing);
    }

    private RepricingView view(Repricing repricing) {
        boolean isWorkedOut = repricing.state() == Repricing.State.CALCULATED;
        return RepricingView.of(
                repricing,
                repricings.visibility(repricing),
                isWorkedOut ? repricings.report(repricing) : null,
                isWorkedOut ? repricings.lateSpans(repricing) : null);
    }

    private Repricing found(String tenant, String id) {
        return repricings
                .find(tenant, id)
                .orElseThrow(
                        () -> new ProblemException(ProblemKind.NOT_FOUND, "there is no repricing '%s'".formatted(id)));
    }

    private static ProblemException conflict(String id, String why) {
        return new ProblemException(ProblemKind.CONFLICT, "repricing '" + id + "' " + why);
    }

    private RepricingOrder read(@Nullable OrderBody body) {
        if (body == null) {
            throw ProblemException.invalid("", "the body must say what is to be priced again");
        }
        Request request = new Request();
        List<Fault> faults = new ArrayList<>();
        Instant latest = clock.instant().minus(OPEN);
        if (body.from() == null || body.to() == null) {
            faults.add(new Fault("/from", "from and to must be ISO 8601 instants such as 2026-11-01T00:00:00Z"));
        }
        Instant to = request.instant("/to", body.to(), latest);
        Instant from = request.instant("/from", body.from(), to.minusSeconds(1));
        request.window(from, to);
        if (to.isAfter(latest)) {
            faults.add(new Fault(
                    "/to",
                    "must be at least %d minutes ago, spans of the time since then still arrive: '%s'"
                            .formatted(OPEN.toMinutes(), body.to())));
        }
        new FilterReader(faults).read(body.filters());
        String only = body.only() == null ? "all" : body.only();
        if (!only.equals("all") && !only.equals("unknown")) {
            faults.add(new Fault("/only", "must be all or unknown: '%s'".formatted(only)));
        }
        faults.addAll(request.faults());
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
        List<@Nullable FilterBody> filters = body.filters();
        return new RepricingOrder(
                from,
                to,
                filters == null
                        ? List.of()
                        : filters.stream().map(Objects::requireNonNull).toList(),
                body.priceVersion() == null ? RepricingOrder.LATEST : body.priceVersion(),
                only.equals("unknown"));
    }
}
