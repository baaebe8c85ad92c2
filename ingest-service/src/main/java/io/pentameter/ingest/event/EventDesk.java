package io.pentameter.ingest.event;

import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.assembly.Assembly;
import io.pentameter.ingest.assembly.LateSpans;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.intake.SignalDesk;
import io.pentameter.ingest.otlp.DecodeLimits;
import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.otlp.OtlpSignal;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.ingest.publish.LogUnavailableException;
import io.pentameter.ingest.publish.RecordLog;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Takes logs in: decode, understand, redact; scores go to the log, what belongs to spans goes to them. */
final class EventDesk implements SignalDesk {

    private final NameTable names = new NameTable();
    private final EventReader reader;
    private final DecodeLimits limits;
    private final LateSpans spans;
    private final RecordLog log;
    private final Executor blocking;

    /** @param blocking runs what waits for the store */
    EventDesk(EventReader reader, DecodeLimits limits, LateSpans spans, RecordLog log, Executor blocking) {
        this.reader = reader;
        this.limits = limits;
        this.spans = spans;
        this.log = log;
        this.blocking = blocking;
    }

    @Override
    public OtlpSignal signal() {
        return OtlpSignal.LOGS;
    }

    @Override
    public CompletionStage<Taken> take(byte[] body, OtlpEncoding encoding, Sender sender, Instant now) {
        EventReader.Read read = reader.of(encoding.decodeLogs(body, names, limits), sender, now);
        CompletionStage<Taken> scores = log.append(
                        Topics.SCORES,
                        read.scores().stream().map(EventDesk::logged).toList())
                .thenApply(appended -> new Taken(
                        appended.accepted(),
                        read.refusals().total() + appended.tooLarge(),
                        read.refusals().message()));
        if (read.events().isEmpty() && read.waiting().isEmpty()) {
            return scores;
        }
        return scores.thenCombine(
                CompletableFuture.supplyAsync(() -> late(read, sender, now), blocking),
                (taken, refused) -> sum(taken, read, refused));
    }

    private int late(EventReader.Read read, Sender sender, Instant now) {
        try {
            return spans.take(read.events(), read.waiting(), sender, now);
        } catch (Assembly.UnavailableException e) {
            throw new LogUnavailableException(e);
        }
    }

    private static Taken sum(Taken scores, EventReader.Read read, int refused) {
        long accepted =
                scores.accepted() + read.events().size() + read.waiting().size() - refused;
        String sentence = refused == 0
                ? ""
                : refused + " evaluations that name only gen_ai.response.id: too many wait for their span already";
        String message = scores.message().isEmpty() || sentence.isEmpty()
                ? scores.message() + sentence
                : scores.message() + "; " + sentence;
        return new Taken(accepted, scores.refused() + refused, message);
    }

    private static LogRecord logged(ScoreRecord score) {
        return new LogRecord(
                PartitionKey.ofTrace(score.getTenant(), score.getTraceId().toByteArray()), score.toByteArray());
    }
}
