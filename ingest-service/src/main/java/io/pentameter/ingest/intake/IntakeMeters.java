package io.pentameter.ingest.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.otlp.OtlpSignal;
import java.time.Duration;
import java.util.Map;

/** The metrics of the intake; {@code docs/reference/metrics-ingest.md} says what they mean. */
public final class IntakeMeters {

    private final MeterRegistry registry;
    private final Counter received;
    private final Counter accepted;
    private final Counter bodyBytes;
    private final Counter plainBytes;
    private final Timer latency;

    public IntakeMeters(MeterRegistry registry, InFlight inFlight) {
        this.registry = registry;
        this.received = registry.counter("pentameter.ingest.spans.received");
        this.accepted = registry.counter("pentameter.ingest.spans.accepted");
        this.bodyBytes = registry.counter("pentameter.ingest.body.bytes", "form", "sent");
        this.plainBytes = registry.counter("pentameter.ingest.body.bytes", "form", "decompressed");
        this.latency = Timer.builder("pentameter.ingest.ack")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(15))
                .register(registry);
        registry.gauge("pentameter.ingest.in.flight.bytes", inFlight, InFlight::bytes);
    }

    /** A body was decompressed. */
    public void bytes(long sent, long decompressed) {
        bodyBytes.increment((double) sent);
        plainBytes.increment((double) decompressed);
    }

    /** A delivery was normalised. */
    public void processed(Intake intake) {
        received.increment((double) intake.received());
        intake.redactions()
                .forEach((kind, spans) -> registry.counter(
                                "pentameter.ingest.redactions", "kind", RedactionLabel.of(kind))
                        .increment(spans));
        intake.unpriced()
                .forEach((reason, calls) -> registry.counter("pentameter.ingest.unpriced", "reason", reason)
                        .increment(calls));
    }

    /** A delivery is durable. */
    public void accepted(long spans, Map<RefusalReason, Long> refused, Duration took) {
        accepted.increment((double) spans);
        refused.forEach((reason, count) -> refusedSpans(reason).increment(count));
        latency.record(took);
    }

    /** A request was refused as a whole. */
    public void refusedRequest(RefusalReason reason) {
        registry.counter("pentameter.ingest.requests.refused", "reason", reason.word())
                .increment();
    }

    /** A refusal could not be written down. */
    public void accountingFailed() {
        registry.counter("pentameter.ingest.accounting.failed").increment();
    }

    /** Items of a signal that is no trace were taken in, or refused. */
    void signal(OtlpSignal signal, long accepted, long refused) {
        String name = "pentameter.ingest." + signal.word() + ".items";
        registry.counter(name, "outcome", "accepted").increment((double) accepted);
        registry.counter(name, "outcome", "refused").increment((double) refused);
    }

    private Counter refusedSpans(RefusalReason reason) {
        return registry.counter("pentameter.ingest.spans.refused", "reason", reason.word());
    }
}
