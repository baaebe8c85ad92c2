package io.pentameter.aggregation.statement;

import io.pentameter.aggregation.cost.CostDimension;
import io.pentameter.aggregation.cost.CostRequest;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which statement. */
record StatementQuery(
        YearMonth month, CostDimension by, Format format, boolean withDays, PriceBasis basis, boolean withShared) {

    /** How it is written. */
    enum Format {
        JSON,
        CSV,
        PDF
    }

    /** The parameters as they are sent. */
    record Parameters(
            @Nullable String month,
            @Nullable String by,
            @Nullable String format,
            @Nullable String detail,
            @Nullable String priceBasis,
            @Nullable String shared) {}

    /** The dimension of the lines. */
    Dimension dimension() {
        if (by instanceof CostDimension.OfSpan(Dimension dimension)) {
            return dimension;
        }
        throw new IllegalStateException("a statement is by a property of calls: " + by.word());
    }

    Window window() {
        return new Window(start(month), start(month.plusMonths(1)));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The query, or an answer that names everything that is wrong with it. */
    static StatementQuery read(Parameters sent) {
        CostRequest request = new CostRequest();
        YearMonth month = month(request, sent.month());
        String word = sent.by() == null ? "customer" : sent.by();
        List<CostDimension> by = request.dimensions("by", List.of(word));
        if (!by.isEmpty() && !(by.getFirst() instanceof CostDimension.OfSpan)) {
            request.fault("by", "must be a property of a call: '%s' splits calls".formatted(word));
        }
        Format format = switch (sent.format() == null ? "json" : sent.format()) {
            case "json" -> Format.JSON;
            case "csv" -> Format.CSV;
            case "pdf" -> Format.PDF;
            default -> {
                request.fault("format", "must be one of json, csv, pdf: '%s'".formatted(sent.format()));
                yield Format.JSON;
            }
        };
        boolean withDays = switch (sent.detail() == null ? "month" : sent.detail()) {
            case "month" -> false;
            case "day" -> true;
            default -> {
                request.fault("detail", "must be month or day: '%s'".formatted(sent.detail()));
                yield false;
            }
        };
        boolean withShared = request.isIncluded("shared", sent.shared());
        PriceBasis basis = request.priceBasis("priceBasis", sent.priceBasis());
        request.check();
        return new StatementQuery(month, by.getFirst(), format, withDays, basis, withShared);
    }

    private static YearMonth month(CostRequest request, @Nullable String text) {
        Optional<YearMonth> read = Optional.empty();
        try {
            read = text == null ? Optional.empty() : Optional.of(YearMonth.parse(text));
        } catch (DateTimeException _) {
            // falls through to the one complaint about it
        }
        if (read.isPresent() && read.get().getYear() >= 1970 && read.get().getYear() < 2200) {
            return read.get();
        }
        request.fault(
                "month",
                text == null
                        ? "is missing: a month such as 2026-11"
                        : "must be a month of 1970 to 2199 such as 2026-11: '%s'".formatted(text));
        return YearMonth.of(1970, 1);
    }
}
