package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.Attributes;
import io.pentameter.ingest.dialect.JsonText;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.SpanSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All pieces of one run, laid over each other. Immutable. */
final class Run {

    /** Attribute of a span that began and has not ended yet. */
    static final String RUNNING = "pentameter.running";

    private static final int MAX_ATTRIBUTES = 512;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String LEVEL = "langfuse.observation.level";
    private static final String STATUS = "langfuse.observation.status_message";
    private static final Reading NO_RESOURCE = Reading.of(new Attributes(1));

    private final ByteString traceId;
    private final ByteString spanId;
    private final SortedMap<String, Object> facts;

    private Run(ByteString traceId, ByteString spanId, SortedMap<String, Object> facts) {
        this.traceId = traceId;
        this.spanId = spanId;
        this.facts = facts;
    }

    static Run empty(ByteString traceId, ByteString spanId) {
        return new Run(traceId, spanId, new TreeMap<>());
    }

    /** @param pieces one or more */
    static Run of(List<Fragment> pieces) {
        if (pieces.size() == 1) {
            Fragment only = pieces.getFirst();
            return new Run(only.traceId(), only.spanId(), only.facts());
        }
        SortedMap<String, Object> facts = new TreeMap<>();
        List<Fragment> ordered = new ArrayList<>(pieces);
        ordered.sort(Comparator.comparing(Fragment::order));
        for (Fragment piece : ordered) {
            piece.facts().forEach((name, value) -> facts.merge(name, value, (old, now) -> combined(name, old, now)));
        }
        return new Run(ordered.getFirst().traceId(), ordered.getFirst().spanId(), facts);
    }

    private static Object combined(String name, Object old, Object now) {
        return switch (name) {
            case Fact.START, Fact.START_GUESS -> Math.min((Long) old, (Long) now);
            case Fact.TAGS, Fact.REDACTED -> union((JsonText) old, (JsonText) now);
            default -> now;
        };
    }

    private static JsonText union(JsonText first, JsonText second) {
        TreeSet<String> all = new TreeSet<>(JsonLists.texts(first.text()));
        all.addAll(JsonLists.texts(second.text()));
        return new JsonText(JsonLists.json(all));
    }

    boolean isBelowTrace() {
        return facts.containsKey(Fact.BELOW_TRACE);
    }

    boolean isStarted() {
        return facts.containsKey(Fact.START) || facts.containsKey(Fact.START_GUESS);
    }

    private long start() {
        Object said = facts.get(Fact.START);
        return (Long) (said == null ? Objects.requireNonNull(facts.get(Fact.START_GUESS)) : said);
    }

    /** When it ended; its start if it has not, or if that is said to be before the start. */
    private long end() {
        return facts.get(Fact.END) instanceof Long end ? Math.max(start(), end) : start();
    }

    /** The same run, lasting as long as the others do, and failed if the last of those directly below it did. */
    Run around(List<Run> others) {
        SortedMap<String, Object> wider = new TreeMap<>(facts);
        for (Run other : others) {
            wider.merge(Fact.START, other.start(), (a, b) -> Math.min((Long) a, (Long) b));
            wider.merge(Fact.END, other.end(), (a, b) -> Math.max((Long) a, (Long) b));
        }
        wider.remove(Fact.BELOW_TRACE);
        wider.putIfAbsent(Fact.INSTANT, true);
        List<Run> below =
                others.stream().filter(other -> other.parentId().equals(spanId)).toList();
        below.stream()
                .min(Comparator.comparingLong(Run::start).thenComparing(Run::hexId))
                .ifPresent(first -> {
                    Object name = first.facts.get(Fact.NAME);
                    if (name != null) {
                        wider.putIfAbsent(Fact.NAME, name);
                    }
                });
        below.stream()
                .max(Comparator.comparingLong(Run::end)
                        .thenComparingLong(Run::start)
                        .thenComparing(Run::hexId))
                .filter(Run::isFailed)
                .ifPresent(last -> {
                    wider.put(LEVEL, "ERROR");
                    Object status = last.facts.get(STATUS);
                    if (status != null) {
                        wider.put(STATUS, status);
                    }
                });
        return new Run(traceId, spanId, wider);
    }

    private boolean isFailed() {
        return "ERROR".equals(facts.get(LEVEL)) || facts.containsKey(Fact.ERROR);
    }

    private String hexId() {
        return java.util.HexFormat.of().formatHex(spanId.toByteArray());
    }

    private ByteString parentId() {
        if (facts.get(Fact.PARENT) instanceof String hex) {
            ByteString parent = Ids.hex(hex, 8);
            return parent == null ? ByteString.EMPTY : parent;
        }
        return isBelowTrace() ? Ids.root(traceId) : ByteString.EMPTY;
    }

    TraceMerge.Merged merged(NameTable names) {
        Attributes attributes = new Attributes(MAX_ATTRIBUTES);
        facts.forEach((name, value) -> {
            if (!name.startsWith(Fact.OWN)) {
                attributes.add(names.find(name), value);
            }
        });
        if (facts.get(Fact.USAGE) instanceof JsonText usage) {
            for (Map.Entry<String, Long> count : JsonLists.counts(usage.text()).entrySet()) {
                attributes.add(names.find(count.getKey()), count.getValue());
            }
        }
        if (facts.get(Fact.TAGS) instanceof JsonText tags) {
            attributes.add(names.find("pentameter.tags"), tags);
        }
        if (facts.get(Fact.FIRST_TOKEN) instanceof Long first) {
            attributes.add(names.find("gen_ai.response.time_to_first_chunk"), (first - start()) / NANOS_PER_SECOND);
        }
        if (!isOver()) {
            attributes.add(names.find(RUNNING), true);
        }
        String error = text(Fact.ERROR);
        RawSpan span = new RawSpan(
                new SpanSource(NO_RESOURCE, "", ""),
                traceId,
                spanId,
                parentId(),
                Objects.requireNonNullElse(text(Fact.NAME), ""),
                start(),
                end(),
                error == null ? 0 : 2,
                Objects.requireNonNullElse(error, ""),
                attributes,
                List.of(),
                0,
                null);
        List<String> redacted =
                facts.get(Fact.REDACTED) instanceof JsonText words ? JsonLists.texts(words.text()) : List.of();
        return new TraceMerge.Merged(span, redacted);
    }

    /** Some clients never say when a call ended, but what came of it: then it is over too. */
    private boolean isOver() {
        return facts.containsKey(Fact.END)
                || facts.containsKey(Fact.INSTANT)
                || facts.containsKey(Fact.USAGE)
                || facts.containsKey("langfuse.observation.output")
                || facts.containsKey("gen_ai.completion")
                || isFailed();
    }

    private @Nullable String text(String fact) {
        return facts.get(fact) instanceof String text ? text : null;
    }
}
