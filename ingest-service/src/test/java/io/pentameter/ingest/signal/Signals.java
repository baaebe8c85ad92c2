package io.pentameter.ingest.signal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.pseudonym.PseudonymKeys;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.kit.problem.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signals as a request would bring them. */
public final class Signals {

    /** When they are received. */
    public static final Instant NOW = Instant.parse("2026-11-21T16:00:00Z");

    public static final SignalOrigin ORIGIN = new SignalOrigin(
            new Sender("acme", "key_1", TenantSettings.STANDARD),
            new Pseudonyms("test", PseudonymKeys.NONE),
            ChronoUnit.MICROS.between(Instant.EPOCH, NOW));

    private Signals() {}

    /** The one signal of the body, which must be good. */
    public static Signal good(SignalReader reader, String body, @Nullable String key) {
        SignalBatch batch = SignalBatch.read(json(body), key, reader, ORIGIN);
        if (!batch.isOne() || batch.good().size() != 1) {
            throw new AssertionError("refused: " + batch.errors());
        }
        return batch.good().getFirst().signal();
    }

    /** What is wrong with the body, of which nothing must be good. */
    public static List<Problem.Fault> faults(SignalReader reader, String body) {
        SignalBatch batch = SignalBatch.read(json(body), null, reader, ORIGIN);
        if (!batch.good().isEmpty()) {
            throw new AssertionError("taken: " + batch.good());
        }
        return batch.errors();
    }

    static JsonNode json(String body) {
        try {
            return new ObjectMapper()
                    .reader()
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
