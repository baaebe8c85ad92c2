package io.pentameter.aggregation.focus;

import io.pentameter.aggregation.cost.CostDimension;
import io.pentameter.aggregation.cost.CostRequest;
import io.pentameter.aggregation.engine.Streams;
import io.pentameter.aggregation.filter.Dimension;
import io.pentameter.aggregation.generation.PriceBasis;
import io.pentameter.aggregation.metrics.Window;
import io.pentameter.aggregation.pool.SharedCosts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which file.
 *
 * @param hours of a charge period: 1 or 24; a share of a pool is always that of a day
 * @param by    to whom pools are allocated
 */
record FocusQuery(
        Window window,
        FocusVersion version,
        Streams.Format format,
        int hours,
        PriceBasis basis,
        boolean withShared,
        List<Dimension> by) {

    private static final String DEFAULT_BY = "feature,customer";
    private static final int MAX_BY = 2;

    FocusQuery {
        by = List.copyOf(by);
    }

    private static final String FORMATS = "csv, parquet";

    /** The parameters as they are sent. */
    record Parameters(
            @Nullable String from,
            @Nullable String to,
            @Nullable String format,
            @Nullable String version,
            @Nullable String grain,
            @Nullable String priceBasis,
            @Nullable String shared,
            @Nullable String allocateBy) {}

    boolean isText() {
        return format == Streams.Format.CSV;
    }

    /** For a file name: {@code focus-1.2-2026-11-01-2026-12-01.csv}. */
    String fileName() {
        return "focus-%s-%s-%s.%s"
                .formatted(
                        version == FocusVersion.V1_2 ? "1.2" : "1.3",
                        window.from().truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10),
                        window.to().truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10),
                        isText() ? "csv" : "parquet");
    }

    /** The query, or an answer that names everything that is wrong with it. */
    static FocusQuery read(Parameters sent) {
        CostRequest request = new CostRequest();
        Optional<Window> window = request.window("", sent.from(), sent.to());
        Optional<FocusVersion> version = FocusVersion.of(sent.version() == null ? "1.2" : sent.version());
        if (version.isEmpty()) {
            request.fault("version", "must be one of %s: '%s'".formatted(FocusVersion.words(), sent.version()));
        }
        Streams.Format format = switch (sent.format() == null ? "csv" : sent.format()) {
            case "csv" -> Streams.Format.CSV;
            case "parquet" -> Streams.Format.PARQUET;
            default -> {
                request.fault("format", "must be one of %s: '%s'".formatted(FORMATS, sent.format()));
                yield Streams.Format.CSV;
            }
        };
        int hours = switch (sent.grain() == null ? "hour" : sent.grain()) {
            case "hour" -> 1;
            case "day" -> 24;
            default -> {
                request.fault("grain", "must be hour or day: '%s'".formatted(sent.grain()));
                yield 1;
            }
        };
        window.ifPresent(it -> {
            whole(request, "from", it.from(), hours);
            whole(request, "to", it.to(), hours);
        });
        PriceBasis basis = request.priceBasis("priceBasis", sent.priceBasis());
        boolean withShared = request.isIncluded("shared", sent.shared());
        List<Dimension> by = by(request, sent.allocateBy() == null ? DEFAULT_BY : sent.allocateBy());
        request.check();
        return new FocusQuery(window.orElseThrow(), version.orElseThrow(), format, hours, basis, withShared, by);
    }

    private static List<Dimension> by(CostRequest request, String words) {
        List<Dimension> dimensions = new ArrayList<>();
        for (CostDimension read : request.dimensions("allocateBy", List.of(words.split(",")))) {
            if (read instanceof CostDimension.OfSpan(Dimension dimension)) {
                dimensions.add(dimension);
            } else {
                request.fault("allocateBy", "must be properties of a call: '%s' splits calls".formatted(read.word()));
            }
        }
        if (dimensions.size() > MAX_BY) {
            request.fault("allocateBy", "must name 1 to %d dimensions: '%s'".formatted(MAX_BY, words));
        }
        return dimensions;
    }

    /** The whole days in UTC that the file holds, for costs that are those of a day. */
    SharedCosts.Question shared(Instant now) {
        LocalDate from =
                LocalDate.ofInstant(window.from().plus(Duration.ofDays(1)).minusNanos(1), ZoneOffset.UTC);
        LocalDate to = LocalDate.ofInstant(window.to(), ZoneOffset.UTC);
        return new SharedCosts.Question(from, to, by, basis, LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    /** A charge period is written in whole; half of one would say too much of its time. */
    private static void whole(CostRequest request, String parameter, Instant instant, int hours) {
        ChronoUnit unit = hours == 1 ? ChronoUnit.HOURS : ChronoUnit.DAYS;
        if (!instant.truncatedTo(unit).equals(instant)) {
            request.fault(
                    parameter,
                    "must be the start of a%s in UTC: %s".formatted(hours == 1 ? "n hour" : " day", instant));
        }
    }
}
