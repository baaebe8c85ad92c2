package io.pentameter.ingest.intake;

import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.otlp.OtlpSignal;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Takes in the deliveries of one signal of OTLP that is not traces; a feature that does has a bean of it. */
public interface SignalDesk {

    OtlpSignal signal();

    /**
     * Takes a delivery in; done when all of what is accepted is durable.
     *
     * @param body decompressed
     * @param now  time of receipt
     * @return fails with {@link io.pentameter.ingest.publish.LogUnavailableException} if the delivery has to be sent again
     * @throws io.pentameter.ingest.otlp.UndecodableException if the body as a whole cannot be read
     */
    CompletionStage<Taken> take(byte[] body, OtlpEncoding encoding, Sender sender, Instant now);

    /**
     * What came of a delivery.
     *
     * @param message why some were refused, empty if none was
     */
    record Taken(long accepted, long refused, String message) {}
}
