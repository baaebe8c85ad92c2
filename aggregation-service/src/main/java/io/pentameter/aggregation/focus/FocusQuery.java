package io.pentameter.aggregation.focus;

import io.pentameter.aggregation.cost.CostRequest;
import io.pentameter.aggregation.engine.Streams;
import io.pentameter.aggregation.metrics.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which file.
 *
 * @param hours of a charge period: 1 or 24
 */
record FocusQuery(Window window, FocusVersion version, Streams.Format format, int hours) {

    private static final String FORMATS = "csv, parquet";

    /** The parameters as they are sent. */
    record Parameters(
            @Nullable String from,
            @Nullable String to,
            @Nullable String format,
            @Nullable String version,
            @Nullable String grain) {}

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
        request.check();
        return new FocusQuery(window.orElseThrow(), version.orElseThrow(), format, hours);
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
