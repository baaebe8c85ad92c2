package io.pentameter.ingest.intake;

import io.pentameter.ingest.redact.Detector;
import io.pentameter.ingest.redact.Redactor;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps the label values of a metric bounded: tenants name their own patterns as they like. */
final class RedactionLabel {

    private static final Set<String> BUILT_IN =
            Arrays.stream(Detector.values()).map(Detector::word).collect(Collectors.toUnmodifiableSet());

    private RedactionLabel() {}

    static String of(String word) {
        return BUILT_IN.contains(word) || word.equals(Redactor.NAME) ? word : "custom";
    }
}
