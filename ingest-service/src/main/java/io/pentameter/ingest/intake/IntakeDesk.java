package io.pentameter.ingest.intake;

import io.pentameter.contracts.Topics;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.accounting.IntakeRecords;
import io.pentameter.ingest.otlp.ContentCoding;
import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.otlp.OtlpSignal;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.pseudonym.PseudonymKeysAwayException;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.ingest.publish.LogUnavailableException;
import io.pentameter.ingest.publish.RecordLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Takes a body in: decompresses and processes it, writes its spans to the log, then the accounting, and only then has
 * an answer.
 */
public final class IntakeDesk {

    private final IntakePipeline pipeline;
    private final RecordLog log;
    private final IntakeMeters meters;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final Executor continuing;
    private final int maxBodyBytes;
    private final Map<OtlpSignal, SignalDesk> signals;
    private final LateParts late;

    /**
     * The world around the desk.
     *
     * @param continuing runs what comes after an acknowledgement; it may block
     * @param ids        makes an id for each delivery
     */
    record Surroundings(
            RecordLog log, IntakeMeters meters, InstantSource clock, Supplier<String> ids, Executor continuing) {}

    /**
     * @param signals who takes in what is no trace; without one, its bodies are read as traces
     * @param late    joins to spans what comes in other requests
     */
    IntakeDesk(
            IntakePipeline pipeline,
            int maxBodyBytes,
            Surroundings surroundings,
            List<SignalDesk> signals,
            LateParts late) {
        this.late = late;
        this.pipeline = pipeline;
        this.signals = new EnumMap<>(OtlpSignal.class);
        signals.forEach(signal -> this.signals.put(signal.signal(), signal));
        this.maxBodyBytes = maxBodyBytes;
        this.log = surroundings.log();
        this.meters = surroundings.meters();
        this.clock = surroundings.clock();
        this.ids = surroundings.ids();
        this.continuing = surroundings.continuing();
    }

    /**
     * A request whose headers are in order.
     *
     * @param share of the bytes in flight; the desk grows it, its opener closes it
     */
    record Request(
            OtlpSignal signal, ContentCoding coding, OtlpEncoding encoding, Sender sender, InFlight.Share share) {}

    /**
     * Takes a request in; the stage never fails but by a fault of ours.
     *
     * @param body as sent
     */
    CompletionStage<Answer> receive(Request request, byte[] body) {
        Instant now = clock.instant();
        IntakeRecords.DeliveryFacts facts =
                facts(request.sender(), now, body.length, request.encoding().route());
        Intake intake;
        try {
            byte[] plain = request.coding().decompress(body, maxBodyBytes, request.share()::grow);
            if (plain == null) {
                return CompletableFuture.completedStage(refused(facts, Answer.tooLarge(maxBodyBytes)));
            }
            meters.bytes(body.length, plain.length);
            SignalDesk signal = signals.get(request.signal());
            if (signal != null) {
                return taken(request, signal.take(plain, request.encoding(), request.sender(), now));
            }
            intake = pipeline.process(plain, request.encoding(), request.sender(), now);
        } catch (UndecodableException e) {
            return CompletableFuture.completedStage(refused(facts, Answer.undecodable(String.valueOf(e.getMessage()))));
        } catch (InFlight.OverloadedException _) {
            return CompletableFuture.completedStage(refused(facts, Answer.overloaded()));
        } catch (PseudonymKeysAwayException _) {
            return CompletableFuture.completedStage(Answer.unavailable());
        }
        meters.processed(intake);
        return late.complete(request.sender(), intake, now)
                .thenCompose(records -> log.append(Topics.SPANS, records))
                .thenComposeAsync(spans -> account(intake, spans, facts), continuing)
                .exceptionally(IntakeDesk::failed);
    }

    /** What is no span is not in the accounting, which is compared with what is stored of spans. */
    private CompletionStage<Answer> taken(Request request, CompletionStage<SignalDesk.Taken> stage) {
        return stage.<Answer>thenApply(taken -> {
                    meters.signal(request.signal(), taken.accepted(), taken.refused());
                    return new Answer.Received(taken.accepted(), taken.refused(), taken.message());
                })
                .exceptionally(IntakeDesk::failed);
    }

    /** Refuses a request whose body nobody reads, and writes that down. */
    Answer.Refused refuse(Sender sender, OtlpEncoding encoding, Answer.Refused refused) {
        return refused(facts(sender, clock.instant(), 0, encoding.route()), refused);
    }

    private CompletionStage<Answer> account(
            Intake intake, RecordLog.Appended spans, IntakeRecords.DeliveryFacts facts) {
        Map<RefusalReason, Long> counts = new EnumMap<>(RefusalReason.class);
        counts.putAll(intake.refusals().counts());
        String message = intake.refusals().message();
        if (spans.tooLarge() > 0) {
            counts.merge(RefusalReason.SPAN_TOO_LARGE, (long) spans.tooLarge(), Long::sum);
            String sentence = spans.tooLarge() + " spans are larger than the log takes";
            message = message.isEmpty() ? sentence : message + "; " + sentence;
        }
        long refused = intake.refusals().total() + spans.tooLarge();
        Answer answer = new Answer.Received(spans.accepted(), refused, message);
        if (intake.received() == 0) {
            return CompletableFuture.completedStage(answer);
        }
        LogRecord accounting = IntakeRecords.ofSpans(facts, spans.accepted(), counts);
        return log.append(Topics.ACCOUNTING, List.of(accounting)).thenApply(_ -> {
            meters.accepted(spans.accepted(), counts, Duration.between(facts.receivedAt(), clock.instant()));
            return answer;
        });
    }

    private static Answer failed(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof LogUnavailableException) {
            return Answer.unavailable();
        }
        throw new CompletionException(cause);
    }

    /** The answer does not wait for this record: if the log is away, the refusal still stands. */
    private Answer.Refused refused(IntakeRecords.DeliveryFacts facts, Answer.Refused refused) {
        meters.refusedRequest(refused.reason());
        if (!refused.mayTryAgain()) {
            continuing.execute(() -> log.append(
                            Topics.ACCOUNTING, List.of(IntakeRecords.ofRefusedRequest(facts, refused.reason())))
                    .whenComplete((_, failure) -> {
                        if (failure != null) {
                            meters.accountingFailed();
                        }
                    }));
        }
        return refused;
    }

    private IntakeRecords.DeliveryFacts facts(Sender sender, Instant now, long bodyBytes, String route) {
        return new IntakeRecords.DeliveryFacts(sender.tenant(), sender.keyId(), ids.get(), now, bodyBytes, route);
    }
}
