package io.pentameter.aggregation.invoice;

import io.pentameter.aggregation.csv.CsvTable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Invoices as tables: our own columns, {@code date,to,project,model,token_class,service_tier,amount,currency,tokens,requests,
 * description,type}, or those of FOCUS 1.0 to 1.3.
 */
final class InvoiceTables {

    private static final List<String> OWN = List.of("date", "model");
    private static final List<String> FOCUS =
            List.of("BilledCost", "BillingCurrency", "ChargePeriodStart", "ChargePeriodEnd", "ChargeCategory");

    private final Lines lines;

    InvoiceTables(Lines lines) {
        this.lines = lines;
    }

    void read(Invoice.Format format, String text) {
        CsvTable table;
        try {
            table = CsvTable.of(text, Lines.MAX_LINES);
        } catch (CsvTable.BadCsvException e) {
            lines.fault("/rows/" + e.row(), String.valueOf(e.getMessage()));
            return;
        }
        boolean isFocus = format == Invoice.Format.FOCUS_CSV;
        List<String> missing = (isFocus ? FOCUS : OWN)
                .stream().filter(column -> !table.has(column)).toList();
        missing.forEach(column -> lines.fault("/rows/1", "the header needs a column " + column));
        if (!isFocus && !table.has("amount") && !table.has("tokens")) {
            lines.fault("/rows/1", "the header needs a column amount or tokens");
            return;
        }
        for (CsvTable.Row row : missing.isEmpty() ? table.rows() : List.<CsvTable.Row>of()) {
            if (lines.isFull()) {
                return;
            }
            if (isFocus) {
                focus(row);
            } else {
                own(row);
            }
        }
    }

    private void own(CsvTable.Row row) {
        String at = "/rows/" + row.number();
        Optional<LocalDate> from = day(at + "/date", row.get("date"));
        Optional<LocalDate> to =
                row.get("to").isEmpty() ? from.map(day -> day.plusDays(1)) : day(at + "/to", row.get("to"));
        if (from.isEmpty() || to.isEmpty() || !isPeriod(at + "/to", from.get(), to.get())) {
            return;
        }
        String words = row.get("token_class");
        Optional<TokenClass> tokenClass = TokenClass.of(words);
        if (!words.isEmpty() && tokenClass.isEmpty()) {
            lines.fault(
                    at + "/token_class",
                    "must be one of input, cache_read, cache_write, output: '%s'".formatted(words));
            return;
        }
        String item = row.first("description", "token_class", "model");
        Lines.Place place = new Lines.Place(
                at,
                row.number(),
                from.get(),
                to.get(),
                row.get("project"),
                row.get("model"),
                item,
                row.get("service_tier"));
        String type = row.get("type").toLowerCase(Locale.ROOT);
        if (!type.isEmpty() && !type.equals("charge") && !type.equals("credit")) {
            lines.fault(at + "/type", "must be charge or credit: '%s'".formatted(type));
            return;
        }
        if (row.get("amount").isEmpty() && row.get("tokens").isEmpty()) {
            lines.fault(at + "/amount", "an amount or tokens are required");
        }
        if (!row.get("amount").isEmpty()) {
            String currency = row.get("currency").isEmpty() ? Rates.USD : row.get("currency");
            charge(place, "/amount", row.get("amount"), currency, type.equals("credit"));
        }
        if (!row.get("tokens").isEmpty()) {
            if (tokenClass.isEmpty()) {
                lines.fault(at + "/token_class", "is required with tokens: input, cache_read, cache_write or output");
                return;
            }
            use(place, tokenClass.get(), "/tokens", row.get("tokens"), row.get("requests"));
        }
    }

    private void focus(CsvTable.Row row) {
        String at = "/rows/" + row.number();
        Optional<Instant> start = instant(at + "/ChargePeriodStart", row.get("ChargePeriodStart"));
        Optional<Instant> end = instant(at + "/ChargePeriodEnd", row.get("ChargePeriodEnd"));
        if (start.isEmpty() || end.isEmpty()) {
            return;
        }
        LocalDate from = LocalDate.ofInstant(start.get(), ZoneOffset.UTC);
        LocalDate to =
                LocalDate.ofInstant(end.get().minusNanos(1), ZoneOffset.UTC).plusDays(1);
        if (!isPeriod(at + "/ChargePeriodEnd", from, to)) {
            return;
        }
        String category = row.get("ChargeCategory");
        if (!List.of("Usage", "Purchase", "Tax", "Credit", "Adjustment").contains(category)) {
            lines.fault(
                    at + "/ChargeCategory",
                    "must be one of Usage, Purchase, Tax, Credit, Adjustment: '%s'".formatted(category));
            return;
        }
        String item = row.first("ChargeDescription", "SkuMeter", "SkuId", "ServiceName");
        String model = category.equals("Usage")
                ? row.first("x_Model", "ResourceName", "ResourceId", "SkuId", "ChargeDescription")
                : category;
        Lines.Place place = new Lines.Place(
                at,
                row.number(),
                from,
                to,
                row.get("SubAccountId"),
                model,
                item,
                row.first("x_ServiceTier", "PricingCategory"));
        boolean isCredit = category.equals("Credit")
                || category.equals("Adjustment")
                || row.get("ChargeClass").equals("Correction");
        charge(place, "/BilledCost", row.get("BilledCost"), row.get("BillingCurrency"), isCredit);
        Optional<TokenClass> tokenClass = TokenClass.of(row.first("x_TokenType", "SkuMeter"));
        if (category.equals("Usage")
                && tokenClass.isPresent()
                && row.get("ConsumedUnit").equalsIgnoreCase("tokens")
                && !row.get("ConsumedQuantity").isEmpty()) {
            use(place, tokenClass.get(), "/ConsumedQuantity", row.get("ConsumedQuantity"), "");
        }
    }

    private void charge(Lines.Place place, String pointer, String text, String currency, boolean isCredit) {
        Optional<BigDecimal> amount = JsonFields.decimal(text);
        if (amount.isEmpty()) {
            lines.fault(place.at() + pointer, "must be a decimal number such as 12.50: '%s'".formatted(shown(text)));
            return;
        }
        lines.charge(place, new Lines.Money(pointer, text, amount.get(), currency, false, isCredit));
    }

    private void use(Lines.Place place, TokenClass tokenClass, String pointer, String text, String requests) {
        Optional<Long> tokens = count(place.at() + pointer, text);
        Optional<Long> count = requests.isEmpty() ? Optional.of(-1L) : count(place.at() + "/requests", requests);
        if (tokens.isPresent() && count.isPresent()) {
            Map<TokenClass, Long> byClass = new EnumMap<>(TokenClass.class);
            byClass.put(tokenClass, tokens.get());
            lines.use(place, byClass, count.get());
        }
    }

    private Optional<Long> count(String at, String text) {
        Optional<BigDecimal> value = JsonFields.decimal(text)
                .filter(it -> it.signum() >= 0 && it.stripTrailingZeros().scale() <= 0)
                .filter(it -> it.compareTo(BigDecimal.valueOf(JsonFields.MAX_COUNT)) <= 0);
        if (value.isEmpty()) {
            lines.fault(at, "must be a whole number from 0 to %d: '%s'".formatted(JsonFields.MAX_COUNT, shown(text)));
        }
        return value.map(BigDecimal::longValueExact);
    }

    private Optional<LocalDate> day(String at, String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 2000 && day.getYear() < 2200) {
                return Optional.of(day);
            }
        } catch (DateTimeException _) {
            // falls through to the one complaint about it
        }
        lines.fault(at, "must be a day in UTC from 2000 to 2199 such as 2026-11-01: '%s'".formatted(shown(text)));
        return Optional.empty();
    }

    private Optional<Instant> instant(String at, String text) {
        Optional<Instant> instant = JsonFields.instant(text);
        if (instant.isEmpty()) {
            lines.fault(at, "must be an ISO 8601 instant such as 2026-11-01T00:00:00Z: '%s'".formatted(shown(text)));
        }
        return instant;
    }

    private boolean isPeriod(String at, LocalDate from, LocalDate to) {
        if (to.isAfter(from) && !to.isAfter(from.plusDays(Lines.MAX_DAYS))) {
            return true;
        }
        lines.fault(at, "must be after the start, by %d days at most: %s to %s".formatted(Lines.MAX_DAYS, from, to));
        return false;
    }

    private static String shown(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }
}
