package io.pentameter.aggregation.invoice;

import io.pentameter.aggregation.audit.Acts;
import io.pentameter.aggregation.engine.Inserts;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.kit.problem.Problem.Fault;
import io.pentameter.kit.problem.ProblemException;
import io.pentameter.kit.problem.ProblemKind;
import io.pentameter.kit.token.Caller;
import io.pentameter.kit.token.Callers;
import io.pentameter.kit.token.Scope;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.event.Event;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What providers billed the tenant. An import of another tenant does not exist, to the letter of the answer. */
@Path("/api/v1/costs/invoices")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class InvoiceResource {

    private static final String REQUEST_ID = "Pentameter-Request-Id";

    private final SqlInvoices invoices;
    private final SqlModels models;
    private final Acts acts;
    private final Callers callers;
    private final InvoiceConfig config;
    private final InstantSource clock;
    private final Event<InvoicesChanged> changed;

    InvoiceResource(
            Reads reads,
            Inserts inserts,
            Acts acts,
            Callers callers,
            InvoiceConfig config,
            InstantSource clock,
            Event<InvoicesChanged> changed) {
        invoices = new SqlInvoices(reads, inserts);
        models = new SqlModels(reads);
        this.acts = acts;
        this.callers = callers;
        this.config = config;
        this.clock = clock;
        this.changed = changed;
    }

    /** The imports, latest period first; withdrawn ones are marked. */
    record InvoicesView(List<InvoiceView> invoices) {}

    @GET
    public InvoicesView list() {
        String tenant = callers.with(Scope.READ).requireTenant();
        return new InvoicesView(invoices.all(tenant).stream()
                .map(invoice -> InvoiceView.of(invoice, null))
                .toList());
    }

    @GET
    @Path("{id}")
    public InvoiceView one(String id) {
        String tenant = callers.with(Scope.READ).requireTenant();
        return view(tenant, invoices.find(tenant, id).orElseThrow(() -> absent(id)));
    }

    /** 201 for a new import; 200 for one that is there already, which nothing happens to. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response imported(InputStream body, @HeaderParam(REQUEST_ID) @Nullable String requestId) throws IOException {
        Caller caller = callers.with(Scope.ADMIN);
        String tenant = caller.requireTenant();
        InvoiceReader.Draft draft = draft(tenant, limited(body));
        List<Invoice> present = invoices.all(tenant);
        Optional<Invoice> same =
                present.stream().filter(one -> one.id().equals(draft.id())).findFirst();
        if (same.isPresent() && !same.get().isWithdrawn()) {
            return Response.ok(view(tenant, same.get()))
                    .header("Idempotency-Replayed", "true")
                    .build();
        }
        Invoice invoice = invoice(draft, same.map(Invoice::version).orElse(0L), caller);
        requireRoom(present, invoice);
        record(caller, "invoice.import", invoice, requestId);
        invoices.put(tenant, invoice, draft.lines());
        changed.fire(new InvoicesChanged(tenant));
        return Response.status(Response.Status.CREATED)
                .entity(view(tenant, invoice))
                .build();
    }

    /** Withdraws the import: it is kept and counts no more. The same content may be imported again. */
    @DELETE
    @Path("{id}")
    public void withdraw(String id, @HeaderParam(REQUEST_ID) @Nullable String requestId) {
        Caller caller = callers.with(Scope.ADMIN);
        String tenant = caller.requireTenant();
        Invoice known = invoices.find(tenant, id).orElseThrow(() -> absent(id));
        if (known.isWithdrawn()) {
            return;
        }
        Invoice withdrawn = known.withdrawn(Math.max(micros(clock.instant()), known.version() + 1));
        record(caller, "invoice.withdraw", withdrawn, requestId);
        invoices.put(tenant, withdrawn);
        changed.fire(new InvoicesChanged(tenant));
    }

    private byte[] limited(InputStream body) throws IOException {
        int most = Math.toIntExact(config.maxBody().asLongValue());
        byte[] bytes = body.readNBytes(most + 1);
        if (bytes.length > most) {
            body.transferTo(
                    OutputStream.nullOutputStream()); // else the sender sees a broken pipe instead of the answer
            throw new ProblemException(
                    ProblemKind.TOO_LARGE,
                    "an import may have at most %d bytes (pentameter.invoice.max-body): import shorter periods"
                            .formatted(most));
        }
        return bytes;
    }

    private static InvoiceReader.Draft draft(String tenant, byte[] body) throws IOException {
        List<Fault> faults = new ArrayList<>();
        return new InvoiceReader(faults).read(tenant, body).orElseThrow(() -> ProblemException.invalid(faults));
    }

    private Invoice invoice(InvoiceReader.Draft draft, long before, Caller caller) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as it is stored
        return new Invoice(
                draft.id(),
                Math.max(micros(now), before + 1),
                false,
                draft.provider(),
                draft.account(),
                draft.format(),
                draft.name(),
                draft.days().from(),
                draft.days().to(),
                draft.isDaily(),
                draft.content(),
                draft.lines().size(),
                draft.usd(),
                caller.subject(),
                now);
    }

    private void requireRoom(List<Invoice> present, Invoice invoice) {
        if (present.size() >= config.maxInvoices()) {
            throw new ProblemException(
                    ProblemKind.CONFLICT,
                    "a tenant has at most %d imports (pentameter.invoice.max-invoices)"
                            .formatted(config.maxInvoices()));
        }
        present.stream()
                .filter(one -> !one.isWithdrawn() && one.overlaps(invoice))
                .findFirst()
                .ifPresent(other -> {
                    throw new ProblemException(
                            ProblemKind.CONFLICT,
                            ("the import %s has %s of %s for %s to %s already, this one is of %s to %s: withdraw it first,"
                                            + " or name the account if it is another one")
                                    .formatted(
                                            other.id(),
                                            other.content().word(),
                                            other.provider(),
                                            other.from(),
                                            other.to(),
                                            invoice.from(),
                                            invoice.to()));
                });
    }

    private InvoiceView view(String tenant, Invoice invoice) {
        List<String> named = invoices.models(tenant, invoice.id());
        return InvoiceView.of(invoice, models.unknown(tenant, invoice, named));
    }

    private void record(Caller caller, String act, Invoice invoice, @Nullable String requestId) {
        acts.record(
                caller,
                act,
                invoice.id(),
                requestId == null ? "" : requestId,
                Map.of(
                        "provider", invoice.provider(),
                        "from", invoice.from().toString(),
                        "to", invoice.to().toString(),
                        "lines", String.valueOf(invoice.lines()),
                        "usd", Usd.text(invoice.usd())));
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static ProblemException absent(String id) {
        return new ProblemException(ProblemKind.NOT_FOUND, "there is no invoice " + id);
    }
}
