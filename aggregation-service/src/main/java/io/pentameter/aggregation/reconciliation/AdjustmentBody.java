package io.pentameter.aggregation.reconciliation;

import io.pentameter.aggregation.money.Usd;
import io.pentameter.kit.problem.Problem.Fault;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An adjustment as it is sent; nothing of it has been checked.
 *
 * @param from      first day in UTC
 * @param to        the day after the last
 * @param amountUsd what the ledger lacks, decimal text or number
 */
record AdjustmentBody(
        @Nullable String provider,
        @Nullable String from,
        @Nullable String to,
        @Nullable BigDecimal amountUsd,
        @Nullable String reason,
        @Nullable String note) {

    private static final int MAX_TEXT = 1_000;
    private static final int MAX_DAYS = 400;

    /** Who posts it, under which id. */
    record Posting(String id, String by, Instant at) {}

    /** @param faults takes what is wrong; empty is returned then */
    Optional<Adjustment> read(Posting posting, List<Fault> faults) {
        int before = faults.size();
        String about = text("/provider", provider, faults);
        String words = text("/note", note, faults);
        LocalDate begin = day("/from", from, faults);
        LocalDate end = day("/to", to, faults);
        if (faults.size() == before && (!end.isAfter(begin) || end.isAfter(begin.plusDays(MAX_DAYS)))) {
            faults.add(new Fault(
                    "/to", "must be after from, by %d days at most: %s to %s".formatted(MAX_DAYS, begin, end)));
        }
        BigDecimal usd = amount(faults);
        String why = reason == null ? "" : reason;
        if (!Adjustment.REASONS.contains(why)) {
            faults.add(new Fault("/reason", "must be one of %s: '%s'".formatted(Adjustment.REASONS, why)));
        }
        return faults.size() > before
                ? Optional.empty()
                : Optional.of(new Adjustment(
                        posting.id(), about, begin, end, usd, why, words, "", posting.by(), posting.at()));
    }

    private BigDecimal amount(List<Fault> faults) {
        if (amountUsd == null) {
            faults.add(new Fault("/amountUsd", "is required: a decimal number, below 0 to lower the ledger"));
            return BigDecimal.ZERO;
        }
        Optional<String> fault = Usd.faultOf(amountUsd);
        if (fault.isPresent()) {
            faults.add(new Fault("/amountUsd", fault.get()));
        } else if (amountUsd.signum() == 0) {
            faults.add(new Fault("/amountUsd", "must not be 0"));
        } else if (amountUsd.stripTrailingZeros().scale() > Usd.SCALE) {
            faults.add(new Fault(
                    "/amountUsd",
                    "must have at most %d digits after the point: %s".formatted(Usd.SCALE, amountUsd.toPlainString())));
        }
        return amountUsd;
    }

    private static String text(String field, @Nullable String text, List<Fault> faults) {
        String stripped = text == null ? "" : text.strip();
        if (stripped.isEmpty() || stripped.length() > MAX_TEXT) {
            faults.add(new Fault(field, "must have 1 to %d characters".formatted(MAX_TEXT)));
        }
        return stripped;
    }

    private static LocalDate day(String field, @Nullable String text, List<Fault> faults) {
        try {
            LocalDate day = LocalDate.parse(text == null ? "" : text);
            if (day.getYear() >= 2000 && day.getYear() < 2200) {
                return day;
            }
        } catch (DateTimeException _) {
            // falls through to the one complaint about it
        }
        faults.add(new Fault(
                field,
                "must be a day in UTC from 2000 to 2199 such as 2026-11-01: '%s'".formatted(text == null ? "" : text)));
        return LocalDate.EPOCH;
    }
}
