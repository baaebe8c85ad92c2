package io.pentameter.ingest.intake;

import io.pentameter.ingest.publish.LogRecord;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Joins to spans what clients send of them in other requests: messages as log events, evaluations by an answer's id. */
public interface LateParts {

    /** Joins nothing. */
    LateParts NONE = (_, intake, _) -> CompletableFuture.completedStage(intake.records());

    /**
     * The records of a delivery as they are to be logged: with what came before them. What comes after them finds them.
     *
     * @param now time of receipt
     * @return fails with {@link io.pentameter.ingest.publish.LogUnavailableException} if the delivery has to be sent again
     */
    CompletionStage<List<LogRecord>> complete(Sender sender, Intake intake, Instant now);
}
