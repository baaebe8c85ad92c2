package io.pentameter.aggregation.invoice;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of imports. */
@ConfigMapping(prefix = "pentameter.invoice")
interface InvoiceConfig {

    /** Largest body of an import in bytes; more is answered with 413. Below quarkus.http.limits.max-body-size, 10 MiB. */
    @WithDefault("8M")
    MemorySize maxBody();

    /** Imports of a tenant, withdrawn ones included; more are answered with 409. 1 to 10,000. */
    @WithDefault("1000")
    int maxInvoices();
}
