package io.pentameter.ingest.intake;

import io.pentameter.contracts.PartitionKey;
import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.accept.Refused;
import io.pentameter.ingest.accept.SpanCheck;
import io.pentameter.ingest.accept.TimeWindow;
import io.pentameter.ingest.classify.Classifier;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.Utf8;
import io.pentameter.ingest.otlp.Delivery;
import io.pentameter.ingest.otlp.OtlpEncoding;
import io.pentameter.ingest.pseudonym.PseudonymKeysAwayException;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.pricing.PriceBook;
import io.pentameter.pricing.PriceList;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Turns the body of a request into records: decode, check, relate, normalise, price, redact, write.
 *
 * <p>Pure: the same bytes at the same time for the same sender give the same records. Thread-safe. Whatever is wrong
 * with one span, the others do not suffer.
 */
public final class IntakePipeline {

    private static final Logger LOG = Logger.getLogger(IntakePipeline.class);

    /** Room for what shortening adds: the warning, longer lengths. */
    private static final int SLACK = 256;

    private final NameTable names = new NameTable();
    private final Function<String, PriceList> prices;
    private final Pseudonyms pseudonyms;
    private final IntakeLimits limits;
    private final Classifier classifier;

    /** With one price book for everybody; classifies nothing. */
    public IntakePipeline(PriceBook prices, Pseudonyms pseudonyms, IntakeLimits limits) {
        PriceList list = PriceList.of(prices);
        this(_ -> list, pseudonyms, limits, Classifier.OFF);
    }

    /**
     * @param prices     of a tenant, as they are in force
     * @param classifier works out intent and language where clients do not say them
     */
    public IntakePipeline(
            Function<String, PriceList> prices, Pseudonyms pseudonyms, IntakeLimits limits, Classifier classifier) {
        this.classifier = classifier;
        this.prices = prices;
        this.pseudonyms = pseudonyms;
        this.limits = limits;
    }

    /**
     * What comes of a body.
     *
     * @param now time of receipt
     * @throws io.pentameter.ingest.otlp.UndecodableException if the body as a whole cannot be read
     */
    public Intake process(byte[] body, OtlpEncoding encoding, Sender sender, Instant now) {
        return process(encoding.decode(body, names, limits.decode()), sender, now);
    }

    /** What comes of spans that were decoded already. */
    public Intake process(Delivery delivery, Sender sender, Instant now) {
        Refusals refusals = new Refusals();
        List<LogRecord> records = new ArrayList<>(delivery.spans().size());
        List<Joinable> joinable = new ArrayList<>();
        Map<String, Long> redactions = new HashMap<>();
        Map<String, Long> unpriced = new HashMap<>();
        for (SpanRecord made : spans(delivery, sender, now, refusals)) {
            LogRecord logged = new LogRecord(
                    PartitionKey.ofTrace(sender.tenant(), made.getTraceId().toByteArray()), made.toByteArray());
            records.add(logged);
            Joinable.add(made, logged, joinable);
            made.getRedactedList().forEach(word -> redactions.merge(word, 1L, Long::sum));
            if (made.hasCost() && !made.getCost().getKnown()) {
                unpriced.merge(made.getCost().getUnknownReason(), 1L, Long::sum);
            }
        }
        long received = (long) delivery.spans().size() + delivery.beyondLimit();
        return new Intake(records, refusals, received, redactions, unpriced, joinable);
    }

    /**
     * The records of spans that were decoded already, before they are written.
     *
     * @param refusals is told of the spans that have none
     */
    public List<SpanRecord> spans(Delivery delivery, Sender sender, Instant now, Refusals refusals) {
        if (delivery.beyondLimit() > 0) {
            refusals.add(
                    RefusalReason.TOO_MANY_SPANS,
                    delivery.beyondLimit(),
                    "a request may have " + limits.decode().maxSpans() + " spans, this one has "
                            + delivery.beyondLimit() + " more");
        }
        List<SpanDraft> spans = accepted(delivery, sender, now, refusals);
        Family.settle(spans, new Classes(classifier, sender));
        Normalisation normalisation = new Normalisation(
                sender, prices.apply(sender.tenant()), pseudonyms, ChronoUnit.MICROS.between(Instant.EPOCH, now));
        List<SpanRecord> records = new ArrayList<>(spans.size());
        for (SpanDraft span : spans) {
            SpanRecord made = made(span, normalisation, refusals);
            if (made != null) {
                records.add(made);
            }
        }
        return records;
    }

    private List<SpanDraft> accepted(Delivery delivery, Sender sender, Instant now, Refusals refusals) {
        TimeWindow window = TimeWindow.around(now, limits.maxAge(), limits.maxAhead());
        List<SpanDraft> spans = new ArrayList<>(delivery.spans().size());
        for (RawSpan raw : delivery.spans()) {
            Refused refused = SpanCheck.check(raw, window);
            if (refused == null) {
                if (!sender.project().isEmpty() && raw.attributes().indexOf(Normalisation.PROJECT) < 0) {
                    raw.attributes().add(names.find(Normalisation.PROJECT), sender.project());
                }
                spans.add(SpanDraft.of(raw, sender.settings()));
            } else {
                refusals.add(refused);
            }
        }
        return spans;
    }

    /** The span's record; absent, and refused, if it is too large for the log. */
    private @Nullable SpanRecord made(SpanDraft span, Normalisation normalisation, Refusals refusals) {
        try {
            SpanRecord made = normalisation.of(span);
            int size = made.getSerializedSize();
            if (size > limits.maxRecordBytes()) {
                made = withSmallerPayload(made, size);
                size = made.getSerializedSize();
            }
            if (size <= limits.maxRecordBytes()) {
                return made;
            }
            refusals.add(new Refused(
                    RefusalReason.SPAN_TOO_LARGE,
                    "span " + id(span) + ": its record must have at most " + limits.maxRecordBytes()
                            + " bytes, but has " + size));
        } catch (PseudonymKeysAwayException e) {
            // nothing is wrong with the span: the whole delivery may be sent again
            throw e;
        } catch (RuntimeException e) {
            // the edge of one span: a fault of ours in it must not take the delivery with it, nor be retried for ever
            LOG.error("span could not be normalised, spanId=" + id(span), e);
            refusals.add(
                    new Refused(RefusalReason.INTERNAL_ERROR, "span " + id(span) + ": it could not be normalised"));
        }
        return null;
    }

    private SpanRecord withSmallerPayload(SpanRecord large, int size) {
        Payload payload = large.getPayload();
        int texts = (int) (Utf8.size(payload.getInput()) + Utf8.size(payload.getOutput()));
        int each = Math.max(0, texts - (size + SLACK - limits.maxRecordBytes())) / 2;
        return large.toBuilder()
                .setPayload(payload.toBuilder()
                        .setInput(Utf8.cut(payload.getInput(), each))
                        .setOutput(Utf8.cut(payload.getOutput(), each))
                        .setTruncated(true))
                .addWarnings("payload_truncated_for_size")
                .build();
    }

    private static String id(SpanDraft span) {
        return HexFormat.of().formatHex(span.raw().spanId().toByteArray());
    }
}
