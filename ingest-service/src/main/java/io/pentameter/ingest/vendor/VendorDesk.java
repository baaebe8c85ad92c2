package io.pentameter.ingest.vendor;

import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.Topics;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.accounting.IntakeRecords;
import io.pentameter.ingest.assembly.Assembly;
import io.pentameter.ingest.assembly.LateSpans;
import io.pentameter.ingest.intake.InFlight;
import io.pentameter.ingest.intake.Intake;
import io.pentameter.ingest.intake.IntakeMeters;
import io.pentameter.ingest.intake.IntakePipeline;
import io.pentameter.ingest.intake.LateParts;
import io.pentameter.ingest.otlp.ContentCoding;
import io.pentameter.ingest.otlp.Delivery;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.pseudonym.PseudonymKeysAwayException;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.ingest.publish.LogUnavailableException;
import io.pentameter.ingest.publish.RecordLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes a body in: decompresses and reads it, writes its spans, pieces and scores, then the accounting, and only then has
 * an answer. Blocks; called on a thread of its own.
 */
final class VendorDesk {

    private static final String AWAY = "the delivery could not be stored at the moment; send it again";

    private final IntakePipeline pipeline;
    private final Pieces pieces;
    private final Surroundings surroundings;
    private final int maxBodyBytes;

    /**
     * The world around the desk.
     *
     * @param ids makes an id for each delivery
     */
    record Surroundings(RecordLog log, IntakeMeters meters, InstantSource clock, Supplier<String> ids) {}

    /**
     * What comes in several requests.
     *
     * @param complete joins to whole spans what came of them before
     * @param late     takes in what may have come before its span
     */
    record Pieces(Assembly assembly, LateParts complete, LateSpans late) {}

    VendorDesk(IntakePipeline pipeline, Pieces pieces, int maxBodyBytes, Surroundings surroundings) {
        this.pipeline = pipeline;
        this.pieces = pieces;
        this.maxBodyBytes = maxBodyBytes;
        this.surroundings = surroundings;
    }

    /**
     * What is said, and of how many spans.
     *
     * @param mayTryAgain whether the same request may succeed later; then Retry-After is said
     */
    record Told(VendorReply reply, long accepted, long refused, boolean mayTryAgain) {}

    Told receive(
            VendorProtocol protocol, VendorRequest request, ContentCoding coding, byte[] body, InFlight.Share share) {
        VendorInput input;
        try {
            byte[] plain = coding.decompress(body, maxBodyBytes, share::grow);
            if (plain == null) {
                return tooLarge(protocol, request);
            }
            surroundings.meters().bytes(body.length, plain.length);
            input = protocol.read(request, plain);
        } catch (UndecodableException e) {
            return refuse(protocol, request, RefusalReason.UNDECODABLE, 400, String.valueOf(e.getMessage()));
        } catch (InFlight.OverloadedException _) {
            return again(protocol, RefusalReason.OVERLOADED);
        } catch (Assembly.UnavailableException | PseudonymKeysAwayException _) {
            return again(protocol, RefusalReason.UNAVAILABLE);
        }
        try {
            return written(input, request, protocol, body.length);
        } catch (Assembly.UnavailableException | PseudonymKeysAwayException _) {
            return again(protocol, RefusalReason.UNAVAILABLE);
        } catch (CompletionException e) {
            if (e.getCause() instanceof LogUnavailableException) {
                return again(protocol, RefusalReason.UNAVAILABLE);
            }
            throw e;
        }
    }

    Told tooLarge(VendorProtocol protocol, VendorRequest request) {
        return refuse(
                protocol,
                request,
                RefusalReason.BODY_TOO_LARGE,
                413,
                "the body must have at most " + maxBodyBytes + " bytes after decompression");
    }

    /** Refuses a request as a whole, and writes that down. */
    Told refuse(VendorProtocol protocol, VendorRequest request, RefusalReason reason, int status, String message) {
        surroundings.meters().refusedRequest(reason);
        LogRecord refusal = IntakeRecords.ofRefusedRequest(facts(request, protocol, 0), reason);
        surroundings.log().append(Topics.ACCOUNTING, List.of(refusal)).whenComplete((_, failure) -> {
            if (failure != null) {
                surroundings.meters().accountingFailed();
            }
        });
        return new Told(protocol.refused(status, message), 0, 0, false);
    }

    /** What can be sent again is not in the accounting: it will come. */
    Told again(VendorProtocol protocol, RefusalReason reason) {
        surroundings.meters().refusedRequest(reason);
        return new Told(protocol.refused(503, AWAY), 0, 0, true);
    }

    private Told written(VendorInput input, VendorRequest request, VendorProtocol protocol, int bodyBytes) {
        Written written = new Written();
        written.refuse(input.refusals().counts(), input.refusals().message());
        if (!input.fragments().isEmpty()) {
            Assembly.Receipt receipt = pieces.assembly().take(input.fragments(), request.sender(), request.now());
            written.accepted += receipt.accepted();
            written.refuse(receipt.refused(), receipt.message());
            processed(written.accepted + written.total(), receipt.redactions(), receipt.unpriced());
        } else if (input.refusals().total() > 0) {
            processed(input.refusals().total(), Map.of(), Map.of());
        }
        if (!input.spans().isEmpty()) {
            Intake intake = pipeline.process(new Delivery(input.spans(), 0), request.sender(), request.now());
            surroundings.meters().processed(intake);
            List<LogRecord> records = pieces.complete()
                    .complete(request.sender(), intake, request.now())
                    .toCompletableFuture()
                    .join();
            RecordLog.Appended spans = append(Topics.SPANS, records);
            written.accepted += spans.accepted();
            written.refuse(intake.refusals().counts(), intake.refusals().message());
            if (spans.tooLarge() > 0) {
                written.refuse(
                        Map.of(RefusalReason.SPAN_TOO_LARGE, (long) spans.tooLarge()),
                        spans.tooLarge() + " spans are larger than the log takes");
            }
        }
        append(Topics.SCORES, input.scores().stream().map(VendorDesk::logRecord).toList());
        if (!input.waiting().isEmpty()) {
            int refused = pieces.late().take(List.of(), input.waiting(), request.sender(), request.now());
            if (refused > 0) {
                written.message += refused + " scores are refused: too many wait for their span already";
            }
        }
        if (!input.isEmpty()) {
            IntakeRecords.DeliveryFacts facts = facts(request, protocol, bodyBytes);
            append(Topics.ACCOUNTING, List.of(IntakeRecords.ofSpans(facts, written.accepted, written.refused)));
            surroundings
                    .meters()
                    .accepted(
                            written.accepted,
                            written.refused,
                            Duration.between(request.now(), surroundings.clock().instant()));
        }
        VendorReply reply =
                input.reply().apply(new VendorInput.Receipt(written.accepted, written.total(), written.message));
        return new Told(reply, written.accepted, written.total(), false);
    }

    private void processed(long received, Map<String, Long> redactions, Map<String, Long> unpriced) {
        surroundings.meters().processed(new Intake(List.of(), new Refusals(), received, redactions, unpriced));
    }

    private RecordLog.Appended append(Topics topic, List<LogRecord> records) {
        return surroundings.log().append(topic, records).toCompletableFuture().join();
    }

    private static LogRecord logRecord(ScoreRecord score) {
        byte[] key = score.getTraceId().isEmpty()
                ? PartitionKey.ofTenant(score.getTenant(), score.getSession())
                : PartitionKey.ofTrace(score.getTenant(), score.getTraceId().toByteArray());
        return new LogRecord(key, score.toByteArray());
    }

    private IntakeRecords.DeliveryFacts facts(VendorRequest request, VendorProtocol protocol, int bodyBytes) {
        return new IntakeRecords.DeliveryFacts(
                request.sender().tenant(),
                request.sender().keyId(),
                surroundings.ids().get(),
                request.now(),
                bodyBytes,
                protocol.route());
    }

    /** Adds up over the parts of a delivery. */
    private static final class Written {

        private final Map<RefusalReason, Long> refused = new EnumMap<>(RefusalReason.class);
        private long accepted;
        private String message = "";

        void refuse(Map<RefusalReason, Long> counts, @Nullable String sentence) {
            counts.forEach((reason, count) -> refused.merge(reason, count, Long::sum));
            if (sentence != null && !sentence.isEmpty()) {
                message = message.isEmpty() ? sentence : message + "; " + sentence;
            }
        }

        long total() {
            return refused.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
