package io.pentameter.aggregation.invoice;

import io.pentameter.aggregation.money.Usd;
import io.pentameter.kit.problem.Problem.Fault;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the lines of one import, and everything that is wrong with them. If anything is, the whole import is refused: the sum of
 * an invoice without some of its lines is a wrong number that looks right. Used once.
 */
final class Lines {

    static final int MAX_LINES = 100_000;

    /** Faults that are told; after so many no more are looked for. */
    static final int MAX_FAULTS = 20;

    /** Days of one line, and of one import. */
    static final int MAX_DAYS = 400;

    private static final int MAX_TEXT = 500;
    private static final int CENTS = 2;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private final Rates rates;
    private final List<InvoiceLine> lines = new ArrayList<>();
    private final List<Fault> faults;
    private @Nullable LocalDate from;
    private @Nullable LocalDate to;

    Lines(Rates rates, List<Fault> faults) {
        this.rates = rates;
        this.faults = faults;
    }

    /**
     * Where a line is and what it is of.
     *
     * @param at      pointer, for faults
     * @param number  as {@link InvoiceLine#number}
     */
    record Place(
            String at,
            int number,
            LocalDate from,
            LocalDate to,
            String project,
            String model,
            String item,
            String tier) {}

    /**
     * Money as the provider writes it.
     *
     * @param pointer to it, under the place's
     * @param text    as written
     * @param hundredths whether it is in hundredths of the currency
     * @param isCredit whether it may be below 0
     */
    record Money(
            String pointer, String text, BigDecimal amount, String currency, boolean hundredths, boolean isCredit) {}

    /** Whether there is no point in going on. */
    boolean isFull() {
        return faults.size() >= MAX_FAULTS || lines.size() > MAX_LINES;
    }

    void fault(String pointer, String detail) {
        if (faults.size() < MAX_FAULTS) {
            faults.add(new Fault(pointer, detail));
        }
    }

    /** Says that the days are spoken of, even if nothing was used on them. */
    void covers(LocalDate begin, LocalDate end) {
        from = from == null || begin.isBefore(from) ? begin : from;
        to = to == null || end.isAfter(to) ? end : to;
    }

    void use(Place place, Map<TokenClass, Long> tokens, long requests) {
        add(place, new InvoiceLine.Use(tokens, requests));
    }

    void charge(Place place, Money money) {
        String pointer = place.at() + money.pointer();
        Optional<String> fault = Usd.faultOf(money.amount());
        if (fault.isPresent()) {
            fault(pointer, fault.get());
            return;
        }
        if (money.amount().signum() < 0 && !money.isCredit()) {
            fault(pointer, "must be 0 or more, unless the line says that it is a credit: " + money.text());
            return;
        }
        String currency = money.currency().toUpperCase(Locale.ROOT);
        if (!CURRENCY.matcher(currency).matches()) {
            fault(place.at() + "/currency", "must be a code of three letters such as USD: '%s'".formatted(currency));
            return;
        }
        Optional<BigDecimal> rate = rates.of(currency, place.from());
        if (rate.isEmpty()) {
            fault(
                    place.at() + "/currency",
                    "is %s: give rates with one for %s dated %s or before".formatted(currency, currency, place.from()));
            return;
        }
        BigDecimal amount = money.hundredths() ? money.amount().movePointLeft(2) : money.amount();
        BigDecimal bound =
                BigDecimal.ONE.movePointLeft(Math.max(amount.scale(), CENTS)).divide(BigDecimal.TWO);
        add(
                place,
                new InvoiceLine.Charge(
                        Usd.rounded(amount.multiply(rate.get())),
                        bound.multiply(rate.get()).stripTrailingZeros(),
                        money.text(),
                        currency));
    }

    private void add(Place place, InvoiceLine.What what) {
        if (place.model().isEmpty()) {
            fault(place.at() + "/model", "is required: the model, or what is charged");
            return;
        }
        for (String text : List.of(place.project(), place.model(), place.item(), place.tier())) {
            if (text.length() > MAX_TEXT) {
                fault(place.at(), "no text may have more than %d characters".formatted(MAX_TEXT));
                return;
            }
        }
        if (lines.size() >= MAX_LINES) {
            fault(place.at(), "an import may have at most %d lines".formatted(MAX_LINES));
            return;
        }
        covers(place.from(), place.to());
        lines.add(new InvoiceLine(
                place.number(),
                place.from(),
                place.to(),
                place.project(),
                place.model(),
                place.item(),
                tier(place.tier()),
                what));
    }

    /** The standard tier has no name. */
    private static String tier(String word) {
        String tier = word.toLowerCase(Locale.ROOT);
        return tier.equals("standard") || tier.equals("default") || tier.equals("auto") ? "" : tier;
    }

    List<InvoiceLine> all() {
        return List.copyOf(lines);
    }

    /** First day and the day after the last; empty if nothing is spoken of. */
    Optional<Days> days() {
        return from == null || to == null ? Optional.empty() : Optional.of(new Days(from, to));
    }

    record Days(LocalDate from, LocalDate to) {}
}
