package io.pentameter.statistics.sampling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code ot} member of a W3C {@code tracestate}: {@code th:…;rv:…} and whatever others put there.
 *
 * <p>Source: OpenTelemetry specification, "TraceState Handling". Trust {@code rv} and {@code th} only from inside the trust
 * boundary.
 *
 * @param threshold  of the sampling so far; empty if it is not known
 * @param randomness explicit randomness; empty if that of the trace id counts
 * @param others     the other sub-keys as {@code key:value}, in their order
 */
public record OtelTraceState(Optional<Threshold> threshold, Optional<Randomness> randomness, List<String> others) {

    public OtelTraceState {
        others = List.copyOf(others);
    }

    /** Reads the value of the {@code ot} member, without {@code ot=}; a malformed {@code th} or {@code rv} counts as absent. */
    public static OtelTraceState parse(String value) {
        Optional<Threshold> threshold = Optional.empty();
        Optional<Randomness> randomness = Optional.empty();
        List<String> others = new ArrayList<>();
        for (String part : value.split(";", -1)) {
            if (part.matches("th:[0-9a-f]{1,14}")) {
                threshold = Optional.of(Threshold.ofTh(part.substring(3)));
            } else if (part.matches("rv:[0-9a-f]{14}")) {
                randomness = Optional.of(Randomness.ofRv(part.substring(3)));
            } else if (part.indexOf(':') > 0 && !part.startsWith("th:") && !part.startsWith("rv:")) {
                others.add(part);
            }
        }
        return new OtelTraceState(threshold, randomness, others);
    }

    /** The value of the {@code ot} member; empty text if there is nothing to say. */
    public String format() {
        List<String> parts = new ArrayList<>();
        threshold.ifPresent(known -> parts.add("th:" + known.th()));
        randomness.ifPresent(known -> parts.add("rv:" + known.rv()));
        parts.addAll(others);
        return String.join(";", parts);
    }
}
