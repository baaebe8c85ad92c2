package io.pentameter.ingest.metric;

import io.pentameter.contracts.Topics;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.intake.SignalDesk;
import io.pentameter.ingest.otlp.DecodeLimits;
import io.pentameter.ingest.otlp.MetricDelivery;
import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.otlp.OtlpSignal;
import io.pentameter.ingest.publish.RecordLog;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Takes metrics in: decode, check, redact, write. */
final class MetricDesk implements SignalDesk {

    private final NameTable names = new NameTable();
    private final MetricPoints points;
    private final DecodeLimits limits;
    private final RecordLog log;

    MetricDesk(MetricPoints points, DecodeLimits limits, RecordLog log) {
        this.points = points;
        this.limits = limits;
        this.log = log;
    }

    @Override
    public OtlpSignal signal() {
        return OtlpSignal.METRICS;
    }

    @Override
    public CompletionStage<Taken> take(byte[] body, OtlpEncoding encoding, Sender sender, Instant now) {
        MetricDelivery delivery = encoding.decodeMetrics(body, names, limits);
        MetricPoints.Made made = points.of(delivery, sender, now);
        return log.append(Topics.METRICS, made.records()).thenApply(appended -> {
            String message = made.refusals().message();
            if (appended.tooLarge() > 0) {
                String sentence = appended.tooLarge() + " points are larger than the log takes";
                message = message.isEmpty() ? sentence : message + "; " + sentence;
            }
            return new Taken(appended.accepted(), made.refusals().total() + appended.tooLarge(), message);
        });
    }
}
