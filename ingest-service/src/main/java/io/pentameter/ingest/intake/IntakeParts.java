package io.pentameter.ingest.intake;

import java.util.concurrent.ExecutorService;

/**
 * What the HTTP side needs of the intake.
 *
 * @param workers decode and normalise; bounded in threads and in what may wait
 */
public record IntakeParts(
        IntakeDesk desk, IntakePipeline pipeline, IntakeMeters meters, InFlight inFlight, ExecutorService workers) {}
