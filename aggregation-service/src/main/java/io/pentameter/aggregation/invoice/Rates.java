package io.pentameter.aggregation.invoice;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Dated rates of exchange that come with an import; dollars need none. */
record Rates(List<Rate> rates) {

    static final String USD = "USD";

    Rates {
        rates = List.copyOf(rates);
    }

    /**
     * From its day on, until a later one of the same currency.
     *
     * @param currency   ISO 4217
     * @param usdPerUnit above 0
     */
    record Rate(String currency, LocalDate date, BigDecimal usdPerUnit) {}

    /** Dollars for one unit on the day; empty if no rate is dated on it or before. */
    Optional<BigDecimal> of(String currency, LocalDate day) {
        if (currency.equals(USD)) {
            return Optional.of(BigDecimal.ONE);
        }
        return rates.stream()
                .filter(rate -> rate.currency().equals(currency))
                .filter(rate -> !rate.date().isAfter(day))
                .max(Comparator.comparing(Rate::date))
                .map(Rate::usdPerUnit);
    }
}
