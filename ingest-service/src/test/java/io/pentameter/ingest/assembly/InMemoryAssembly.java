package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.intake.IntakeLimits;
import io.pentameter.ingest.intake.IntakePipeline;
import io.pentameter.ingest.intake.Sender;
import io.pentameter.ingest.otlp.DecodeLimits;
import io.pentameter.ingest.pseudonym.PseudonymKeys;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.ingest.publish.LogRecord;
import io.pentameter.pricing.PriceBook;
import io.pentameter.pricing.PriceBooks;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Pieces in maps, and what a table of replacing rows would hold of the records that the log was told. */
public final class InMemoryAssembly implements Assembly {

    private static final PriceBook PRICES = PriceBooks.shipped();
    private static final long MINUTE = 60_000_000_000L;

    private final Pseudonyms pseudonyms = new Pseudonyms("test", PseudonymKeys.NONE);
    private final IntakePipeline pipeline = new IntakePipeline(
            PRICES,
            pseudonyms,
            new IntakeLimits(DecodeLimits.ofSpans(50_000), Duration.ofDays(30), Duration.ofMinutes(10), 2 << 20));
    private final TracePublisher publisher = new TracePublisher(pipeline);
    private final Map<ByteString, Map<ByteString, Fragment>> pieces = new HashMap<>();
    private final Map<ByteString, Map<ByteString, Published.State>> states = new HashMap<>();
    private final Map<String, SpanRecord> table = new TreeMap<>();
    private long told;
    private long version;

    @Override
    public Receipt take(List<Fragment> fragments, Sender sender, Instant now) {
        FragmentRedaction redaction = new FragmentRedaction(sender, pseudonyms);
        Map<ByteString, List<Fragment>> byTrace = new LinkedHashMap<>();
        fragments.forEach(fragment -> byTrace.computeIfAbsent(fragment.traceId(), _ -> new ArrayList<>())
                .add(redaction.of(stored(fragment))));
        Map<RefusalReason, Long> refused = new EnumMap<>(RefusalReason.class);
        long before = told;
        byTrace.forEach((traceId, added) -> {
            Map<ByteString, Fragment> all = pieces.computeIfAbsent(traceId, _ -> new LinkedHashMap<>());
            int size = all.size();
            added.forEach(fragment -> all.putIfAbsent(fragment.order().key().concat(fragment.spanId()), fragment));
            if (all.size() == size) {
                return;
            }
            Map<ByteString, Published.State> last = states.computeIfAbsent(traceId, _ -> new HashMap<>());
            TracePublisher.Outcome outcome =
                    publisher.outcome(new ArrayList<>(all.values()), last, sender, now.plusNanos(++version * 1_000));
            outcome.refusals().counts().forEach((reason, count) -> refused.merge(reason, count, Long::sum));
            outcome.published().states().forEach(state -> last.put(state.spanId(), state));
            outcome.published().records().forEach(this::tell);
        });
        return new Receipt(told - before, refused, "", Map.of(), Map.of());
    }

    @Override
    public Optional<ByteString> traceOf(String tenant, ByteString spanId) {
        return states.entrySet().stream()
                .filter(trace -> trace.getValue().containsKey(spanId))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** As it comes out of the store. */
    private static Fragment stored(Fragment fragment) {
        return PieceBytes.read(fragment.traceId(), PieceBytes.write(List.of(fragment)))
                .getFirst();
    }

    private void tell(LogRecord logged) {
        try {
            told++;
            SpanRecord span = SpanRecord.parseFrom(logged.value());
            String row = Math.floorDiv(span.getStartNs(), MINUTE) + " "
                    + java.util.HexFormat.of().formatHex(span.getTraceId().toByteArray())
                    + java.util.HexFormat.of().formatHex(span.getSpanId().toByteArray());
            table.merge(row, span, (old, now) -> now.getReceivedAtUs() >= old.getReceivedAtUs() ? now : old);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The spans that a query would see, without who brought them and when, in the order of time and id. */
    public List<SpanRecord> spans() {
        return table.values().stream()
                .filter(span -> !span.getIsDeleted())
                .map(span -> span.toBuilder().clearKeyId().clearReceivedAtUs().build())
                .toList();
    }

    /** The span of that name; there must be one. */
    public SpanRecord named(String name) {
        List<SpanRecord> found =
                spans().stream().filter(span -> span.getName().equals(name)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " spans are called " + name);
        }
        return found.getFirst();
    }

    /** Records that the log was told, marks included. */
    public long told() {
        return told;
    }
}
