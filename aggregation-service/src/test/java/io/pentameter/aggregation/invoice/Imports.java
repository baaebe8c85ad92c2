package io.pentameter.aggregation.invoice;

import io.pentameter.aggregation.testing.Store;
import io.pentameter.kit.problem.Problem.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Imports as the resource makes them, without one. */
public record Imports(SqlInvoices invoices) {

    public static Imports of(Store store) {
        return new Imports(new SqlInvoices(store.reads(), store.inserts()));
    }

    /** Imports a body and returns its id. */
    public String put(String tenant, String body) {
        List<Fault> faults = new ArrayList<>();
        try {
            InvoiceReader.Draft draft = new InvoiceReader(faults)
                    .read(tenant, body.getBytes(StandardCharsets.UTF_8))
                    .orElseThrow(() -> new AssertionError(faults));
            invoices.put(
                    tenant,
                    new Invoice(
                            draft.id(),
                            1,
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
                            "p",
                            Instant.EPOCH),
                    draft.lines());
            return draft.id();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void withdraw(String tenant, String id) {
        Invoice invoice = invoices.find(tenant, id).orElseThrow();
        invoices.put(tenant, invoice.withdrawn(2));
    }
}
