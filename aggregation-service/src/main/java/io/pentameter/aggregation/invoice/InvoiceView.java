package io.pentameter.aggregation.invoice;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.pentameter.aggregation.money.Usd;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An import as the API shows it.
 *
 * @param from    first day in UTC
 * @param to      the day after the last
 * @param grain   day, or period if a line is longer than a day and days cannot be compared
 * @param content charges, usage or both
 * @param usd     sum of the charges
 * @param unknownModels names on it that no call of the provider in its days has; absent in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record InvoiceView(
        String id,
        String provider,
        @Nullable String account,
        String format,
        @Nullable String name,
        String from,
        String to,
        String grain,
        String content,
        int lines,
        String usd,
        boolean withdrawn,
        String importedBy,
        Instant importedAt,
        @Nullable List<String> unknownModels) {

    static InvoiceView of(Invoice invoice, @Nullable List<String> unknownModels) {
        return new InvoiceView(
                invoice.id(),
                invoice.provider(),
                invoice.account().isEmpty() ? null : invoice.account(),
                invoice.format().word(),
                invoice.name().isEmpty() ? null : invoice.name(),
                invoice.from().toString(),
                invoice.to().toString(),
                invoice.isDaily() ? "day" : "period",
                invoice.content().word(),
                invoice.lines(),
                Usd.text(invoice.usd()),
                invoice.isWithdrawn(),
                invoice.importedBy(),
                invoice.importedAt(),
                unknownModels);
    }
}
