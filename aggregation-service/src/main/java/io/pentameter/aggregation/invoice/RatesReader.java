package io.pentameter.aggregation.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import io.pentameter.aggregation.money.Usd;
import io.pentameter.kit.problem.Problem.Fault;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the rates of exchange that come with an import, and says what is wrong with them. */
final class RatesReader {

    private static final int MAX_RATES = 1_000;
    private static final BigDecimal MAX_RATE = new BigDecimal("100000");

    private final List<Fault> faults;

    RatesReader(List<Fault> faults) {
        this.faults = faults;
    }

    /** Rates; incomplete if there are faults. */
    Rates read(JsonNode sent) {
        List<Rates.Rate> rates = new ArrayList<>();
        if (sent.isMissingNode() || sent.isNull()) {
            return new Rates(rates);
        }
        if (!sent.isArray() || sent.size() > MAX_RATES) {
            faults.add(new Fault("/rates", "must be a list of at most %d rates".formatted(MAX_RATES)));
            return new Rates(rates);
        }
        for (int i = 0; i < sent.size() && faults.size() < Lines.MAX_FAULTS; i++) {
            rate("/rates/" + i, sent.get(i)).ifPresent(rate -> {
                if (rates.stream()
                        .anyMatch(one -> one.currency().equals(rate.currency())
                                && one.date().equals(rate.date()))) {
                    faults.add(new Fault("/rates", "two rates for %s on %s".formatted(rate.currency(), rate.date())));
                }
                rates.add(rate);
            });
        }
        return new Rates(rates);
    }

    private Optional<Rates.Rate> rate(String at, JsonNode sent) {
        String currency = sent.path("currency").asText();
        if (!currency.matches("[A-Z]{3}") || currency.equals(Rates.USD)) {
            faults.add(new Fault(
                    at + "/currency", "must be a code other than USD, such as EUR: '%s'".formatted(currency)));
            return Optional.empty();
        }
        LocalDate date;
        try {
            date = LocalDate.parse(sent.path("date").asText());
        } catch (DateTimeException _) {
            faults.add(new Fault(at + "/date", "must be a day such as 2026-11-01: %s".formatted(sent.path("date"))));
            return Optional.empty();
        }
        JsonNode value = sent.path("usdPerUnit");
        Optional<BigDecimal> rate = value.isNumber()
                ? Optional.of(value.decimalValue())
                : JsonFields.decimal(value.isTextual() ? value.asText() : "");
        if (rate.isEmpty()
                || Usd.faultOf(rate.get()).isPresent()
                || rate.get().signum() <= 0
                || rate.get().compareTo(MAX_RATE) > 0) {
            faults.add(new Fault(
                    at + "/usdPerUnit",
                    "must be a decimal above 0, at most %s: %s".formatted(MAX_RATE.toPlainString(), value)));
            return Optional.empty();
        }
        return Optional.of(new Rates.Rate(currency, date, rate.get()));
    }
}
