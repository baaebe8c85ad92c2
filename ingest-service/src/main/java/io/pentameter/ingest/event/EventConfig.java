package io.pentameter.ingest.event;

import io.pentameter.ingest.assembly.LateSpans;
import io.pentameter.ingest.classify.Classifier;
import io.pentameter.ingest.config.IngestConfig;
import io.pentameter.ingest.intake.SignalDesk;
import io.pentameter.ingest.otlp.DecodeLimits;
import io.pentameter.ingest.publish.RecordLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;

/** Puts the intake of logs together from settings; its limits are those of spans. */
@ApplicationScoped
class EventConfig {

    @Produces
    @Singleton
    SignalDesk events(IngestConfig config, LateSpans spans, RecordLog log, Classifier classifier) {
        EventReader reader = new EventReader(
                new EventReader.Limits(config.maxSpans(), config.maxSpanAge(), config.maxSpanAhead()), classifier);
        return new EventDesk(
                reader,
                DecodeLimits.ofSpans(config.maxSpans()),
                spans,
                log,
                Executors.newVirtualThreadPerTaskExecutor());
    }
}
