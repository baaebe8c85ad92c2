package io.pentameter.ingest.intake;

import io.micrometer.core.instrument.MeterRegistry;
import io.pentameter.ingest.classify.Classifier;
import io.pentameter.ingest.classify.ClassifyConfig;
import io.pentameter.ingest.classify.ClientIntents;
import io.pentameter.ingest.config.CurrentPrices;
import io.pentameter.ingest.config.IngestConfig;
import io.pentameter.ingest.otlp.DecodeLimits;
import io.pentameter.ingest.pseudonym.PseudonymKeys;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.ingest.publish.RecordLog;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Puts the intake together from settings. */
@ApplicationScoped
class IntakePartsConfig {

    @Produces
    @Singleton
    Pseudonyms pseudonyms(IngestConfig config, PseudonymKeys keys) {
        return new Pseudonyms(config.pseudonymKey().orElse(""), keys);
    }

    @Produces
    @Singleton
    Classifier classifier(ClassifyConfig config, ClientIntents clientIntents) {
        return config.enabled()
                ? Classifier.start(
                        new Classifier.Limits(config.minIntentConfidence(), config.minLanguageConfidence()),
                        clientIntents)
                : Classifier.OFF;
    }

    @Produces
    @Singleton
    IntakeParts parts(
            CurrentPrices prices,
            Pseudonyms pseudonyms,
            RecordLog log,
            MeterRegistry registry,
            InstantSource clock,
            @All List<SignalDesk> signals,
            LateParts late,
            Classifier classifier,
            IngestConfig config) {
        InFlight inFlight = new InFlight(config.maxInFlight().asLongValue());
        IntakeLimits limits = new IntakeLimits(
                DecodeLimits.ofSpans(config.maxSpans()),
                config.maxSpanAge(),
                config.maxSpanAhead(),
                Math.toIntExact(config.maxRecordSize().asLongValue()));
        IntakePipeline pipeline = new IntakePipeline(prices::of, pseudonyms, limits, classifier);
        IntakeMeters meters = new IntakeMeters(registry, inFlight);
        IntakeDesk desk = new IntakeDesk(
                pipeline,
                Math.toIntExact(config.maxBodySize().asLongValue()),
                new IntakeDesk.Surroundings(
                        log,
                        meters,
                        clock,
                        () -> UUID.randomUUID().toString(),
                        Executors.newVirtualThreadPerTaskExecutor()),
                signals,
                late);
        return new IntakeParts(desk, pipeline, meters, inFlight, workers(config));
    }

    void close(@Disposes IntakeParts parts) {
        parts.workers().shutdown();
    }

    private static ExecutorService workers(IngestConfig config) {
        int threads = config.workers().orElse(Runtime.getRuntime().availableProcessors());
        return new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(config.maxWaiting()),
                Thread.ofPlatform().name("intake-", 0).daemon().factory());
    }
}
