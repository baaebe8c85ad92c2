package io.pentameter.alert.decision;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.SpanRecord;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A call that the log tells of, and that the ledger may not know yet.
 *
 * @param loggedMillis when the log took it
 * @param startMillis  when it began
 * @param nano         0 if its price is not known
 * @param isRemoved    a mark that the call is not at this start any more
 */
record TailSpan(
        Id id,
        long loggedMillis,
        long startMillis,
        long nano,
        boolean isPriced,
        boolean isRemoved,
        Map<String, String> dimensions) {

    /** Which span of which trace. */
    record Id(ByteString trace, ByteString span) {}

    /** Empty for what costs nothing: other steps, and those that still run. */
    static Optional<TailSpan> of(SpanRecord span, long loggedMillis) {
        boolean hasCost = span.hasCost() || span.hasUsage();
        if (span.getIsRunning() || (!hasCost && !span.getIsDeleted())) {
            return Optional.empty();
        }
        boolean isPriced = span.getCost().getKnown();
        Dimensions all = span.getDimensions();
        return Optional.of(new TailSpan(
                new Id(span.getTraceId(), span.getSpanId()),
                loggedMillis,
                TimeUnit.NANOSECONDS.toMillis(span.getStartNs()),
                isPriced ? span.getCost().getTotalNanoUsd() : 0,
                isPriced,
                span.getIsDeleted(),
                Map.of(
                        "feature", all.getFeature(),
                        "customer", all.getCustomer(),
                        "user", all.getUser(),
                        "key", span.getKeyId(),
                        "model", all.getModel(),
                        "provider", all.getProvider(),
                        "environment", all.getEnvironment())));
    }
}
