package io.pentameter.ingest.intake;

import java.util.concurrent.ExecutorService;

/**
 * What the HTTP side needs of the intake.
 *
 * @param workers decode and normalise; bounded in threads and in what may wait
 */
record IntakeParts(IntakeDesk desk, InFlight inFlight, ExecutorService workers) {}
