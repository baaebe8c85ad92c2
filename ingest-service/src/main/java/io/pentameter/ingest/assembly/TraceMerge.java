package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import io.pentameter.ingest.dialect.NameTable;
import io.pentameter.ingest.dialect.RawSpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the spans of a trace of all its pieces.
 *
 * <p>A function of the set of pieces: neither their order nor how often one came matters. Of two values for one fact the
 * one whose piece has the greater {@link Fragment.Order} counts; the start is the earliest that was said. A run of which
 * no piece tells when it began is held back.
 */
public final class TraceMerge {

    private static final NameTable NAMES = new NameTable();
    private static final Comparator<ByteString> BY_BYTES = ByteString.unsignedLexicographicalComparator();

    private TraceMerge() {}

    /**
     * The spans, by span id.
     *
     * @param fragments of one trace, in any order, with or without repetitions
     */
    public static List<Merged> of(Collection<Fragment> fragments) {
        Map<ByteString, List<Fragment>> byRun = new TreeMap<>(BY_BYTES);
        fragments.forEach(fragment ->
                byRun.computeIfAbsent(fragment.spanId(), _ -> new ArrayList<>()).add(fragment));
        Map<ByteString, Run> runs = new LinkedHashMap<>();
        byRun.forEach((spanId, pieces) -> runs.put(spanId, Run.of(pieces)));
        if (runs.values().stream().anyMatch(Run::isBelowTrace)) {
            putRoot(fragments.iterator().next().traceId(), runs);
        }
        return runs.values().stream()
                .filter(Run::isStarted)
                .map(run -> run.merged(NAMES))
                .toList();
    }

    /** The run that stands for the trace as a whole: it lasts from the first to the last moment of the others. */
    private static void putRoot(ByteString traceId, Map<ByteString, Run> runs) {
        ByteString rootId = Ids.root(traceId);
        Run root = runs.getOrDefault(rootId, Run.empty(traceId, rootId));
        List<Run> others = runs.values().stream()
                .filter(run -> run != root && run.isStarted())
                .toList();
        runs.put(rootId, root.around(others));
    }

    /**
     * A span, and which secrets and personal data were masked in its pieces.
     *
     * @param redacted words of the kinds that were found
     */
    public record Merged(RawSpan span, List<String> redacted) {}
}
