package io.pentameter.aggregation.invoice;

import io.pentameter.aggregation.engine.Bindings;
import io.pentameter.aggregation.engine.Reads;
import io.pentameter.aggregation.engine.TenantQuery;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;

/** The models of a provider that spans of a tenant name. */
final class SqlModels {

    private final Reads reads;

    SqlModels(Reads reads) {
        this.reads = reads;
    }

    /** Those of {@code named} that no call in the days has, in their order, each once. */
    List<String> unknown(String tenant, Invoice invoice, Collection<String> named) {
        ModelNames names = new ModelNames(known(tenant, invoice.provider(), invoice.from(), invoice.to()));
        return named.stream()
                .distinct()
                .filter(model -> names.find(model).isEmpty())
                .sorted()
                .toList();
    }

    private List<String> known(String tenant, String provider, LocalDate from, LocalDate to) {
        Bindings bindings = new Bindings();
        String sql = "SELECT DISTINCT model FROM span FINAL WHERE " + TenantQuery.TENANT + " AND provider = "
                + bindings.text(provider) + " AND model != '' AND start >= "
                + bindings.instant(from.atStartOfDay(ZoneOffset.UTC).toInstant()) + " AND start < "
                + bindings.instant(to.atStartOfDay(ZoneOffset.UTC).toInstant());
        return reads.read(new TenantQuery(tenant, sql, bindings), row -> row.getString(1));
    }
}
