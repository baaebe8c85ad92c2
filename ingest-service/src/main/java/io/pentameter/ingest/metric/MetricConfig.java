package io.pentameter.ingest.metric;

import io.pentameter.ingest.config.IngestConfig;
import io.pentameter.ingest.intake.SignalDesk;
import io.pentameter.ingest.otlp.DecodeLimits;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.ingest.publish.RecordLog;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the intake of metrics together from settings. */
@ApplicationScoped
class MetricConfig {

    /** Limits of metrics; the age of points and the size of bodies are those of spans. */
    @ConfigMapping(prefix = "pentameter.metric")
    interface Settings {

        /** Most points of a request; those beyond are refused. */
        @WithDefault("50000")
        int maxPoints();

        /** Most series of a tenant in an hour; points of others are refused. */
        @WithDefault("20000")
        int maxSeries();
    }

    @Produces
    @Singleton
    SignalDesk metrics(Settings settings, IngestConfig config, Pseudonyms pseudonyms, RecordLog log) {
        if (settings.maxPoints() < 1) {
            throw new IllegalArgumentException(
                    "pentameter.metric.max-points must be 1 or more: " + settings.maxPoints());
        }
        MetricPoints points = new MetricPoints(
                pseudonyms,
                new SeriesLimit(settings.maxSeries()),
                new MetricPoints.Limits(settings.maxPoints(), config.maxSpanAge(), config.maxSpanAhead()));
        return new MetricDesk(points, DecodeLimits.ofSpans(settings.maxPoints()), log);
    }
}
