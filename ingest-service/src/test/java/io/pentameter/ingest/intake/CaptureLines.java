package io.pentameter.ingest.intake;

import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Records as lines that can be compared, and read: what a client's request means to us. */
final class CaptureLines {

    private CaptureLines() {}

    static String of(List<SpanRecord> spans) {
        List<String> lines = new ArrayList<>();
        spans.forEach(span -> add(span, lines));
        return String.join("\n", lines) + "\n";
    }

    private static void add(SpanRecord span, List<String> lines) {
        Dimensions who = span.getDimensions();
        lines.add("%s (%s, %s)%s"
                .formatted(
                        span.getName(),
                        word(span.getKind()),
                        span.getDialect(),
                        span.getIsRequest() ? " request" : ""));
        put("who", "user=%s session=%s service=%s", lines, who.getUser(), who.getSession(), who.getService());
        put(
                "model",
                "%s model=%s asked=%s operation=%s id=%s",
                lines,
                who.getProvider(),
                who.getModel(),
                who.getRequestedModel(),
                who.getOperation(),
                span.getResponseId());
        if (span.hasUsage()) {
            lines.add("  usage " + usage(span.getUsage()));
        }
        if (span.hasCost()) {
            lines.add("  cost " + cost(span.getCost()));
        }
        if (!span.getOutcome().getFailure().isEmpty()) {
            lines.add("  failure %s %s %s (%s) %s"
                    .formatted(
                            span.getOutcome().getError() ? "hard" : "soft",
                            span.getOutcome().getFailure(),
                            span.getOutcome().getSeverity(),
                            span.getOutcome().getRule(),
                            span.getOutcome().getMessage()));
        }
        if (span.hasTtftNs()) {
            lines.add("  ttft " + span.getTtftNs());
        }
        put("input", "%s", lines, span.getPayload().getInput());
        put("output", "%s", lines, span.getPayload().getOutput());
        put("finish", "%s", lines, span.getPayload().getFinishReason());
        put("tags", "%s", lines, String.join(",", span.getTagsList()));
        put("warnings", "%s", lines, String.join(",", span.getWarningsList()));
    }

    private static void put(String word, String format, List<String> lines, Object... values) {
        String text = format.formatted(values);
        if (!text.isEmpty()) {
            lines.add("  " + word + " " + text);
        }
    }

    private static String word(Enum<?> kind) {
        return kind.name()
                .replace("SPAN_KIND_", "")
                .replace("USAGE_SOURCE_", "")
                .toLowerCase(Locale.ROOT);
    }

    private static String usage(Usage usage) {
        return "in=%d read=%d write5m=%d write1h=%d out=%d reasoning=%d %s %s from %s"
                .formatted(
                        usage.getInUncached(),
                        usage.getInCacheRead(),
                        usage.getInCacheWrite5M(),
                        usage.getInCacheWrite1H(),
                        usage.getOutText(),
                        usage.getOutReasoning(),
                        word(usage.getSource()),
                        usage.getReading(),
                        usage.getReportedIn());
    }

    private static String cost(Cost cost) {
        String amount = cost.getKnown() ? cost.getTotalNanoUsd() + " nano-USD" : cost.getUnknownReason();
        return cost.hasClientNanoUsd()
                ? amount + ", client says " + cost.getClientNanoUsd() + " in " + cost.getClientReportedIn()
                : amount;
    }
}
