package io.pentameter.bench.dialect;

import io.pentameter.bench.dialect.DialectBench.Round;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What was found, as a section of the page of results. */
final class DialectSection {

    private DialectSection() {}

    static String text(Map<DialectBody, List<Round>> found, String heading) {
        StringBuilder text = new StringBuilder(heading).append("""

                Each client's way of writing the same talks (one root and four calls of a model, some 400 characters of text each), with all that its
                SDK sends along, sent by four connections at once through the gateway, request by request. Processor time is that of gateway, ingest-service and PostgreSQL.
                Medians of the rounds; the ratios are those of the medians: to OTLP protobuf with as many traces a request, and of Helicone, which
                sends each call by itself, to OTLP protobuf with one such call a request.

                | dialect | requests' size | MB/s | rate to OTLP protobuf | CPU-s per MB | CPU to OTLP protobuf | gateway | ingest | PostgreSQL |
                |---|---|---|---|---|---|---|---|---|
                """);
        found.forEach((dialect, rounds) -> {
            List<Round> yardstick = found.getOrDefault(dialect.yardstick(), rounds);
            double rate = median(rounds, Round::bytesPerSecond);
            double cpu = median(rounds, Round::cpuSecondsPerMegabyte);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f | %.2f | %.4f | %.2f | %.4f | %.4f | %.4f |%n",
                    dialect.title(),
                    dialect.yardstick() == DialectBody.OTLP_PROTOBUF ? "20 traces" : "1",
                    rate / 1e6,
                    rate / median(yardstick, Round::bytesPerSecond),
                    cpu,
                    cpu / median(yardstick, Round::cpuSecondsPerMegabyte),
                    median(rounds, Round::gatewayPerMegabyte),
                    median(rounds, Round::ingestPerMegabyte),
                    median(rounds, Round::postgresPerMegabyte)));
        });
        return text.append(share(found)).toString();
    }

    /** What redaction and classification leave of the rate without them; empty if that was not measured. */
    private static String share(Map<DialectBody, List<Round>> found) {
        List<Round> bare = found.get(DialectBody.OTLP_BARE);
        List<Round> redacted = found.get(DialectBody.OTLP_REDACTED);
        List<Round> both = found.get(DialectBody.OTLP_PROTOBUF);
        if (bare == null || redacted == null || both == null) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                """

                Redaction and classification together keep %.0f %% of the rate that OTLP protobuf has without them (the aim is 70 %%), redaction alone
                %.0f %%; by processor time, which whatever else the machine does disturbs less, %.0f %% and %.0f %%. Without redaction: all detectors of the
                tenant are disabled. Without classification: the root says intent and language itself, some 60 bytes a trace.
                """,
                100 * median(both, Round::bytesPerSecond) / median(bare, Round::bytesPerSecond),
                100 * median(redacted, Round::bytesPerSecond) / median(bare, Round::bytesPerSecond),
                100 * median(bare, Round::cpuSecondsPerMegabyte) / median(both, Round::cpuSecondsPerMegabyte),
                100 * median(bare, Round::cpuSecondsPerMegabyte) / median(redacted, Round::cpuSecondsPerMegabyte));
    }

    static double median(List<Round> rounds, ToDoubleFunction<Round> quantity) {
        double[] values = rounds.stream().mapToDouble(quantity).sorted().toArray();
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
