package io.pentameter.aggregation.settlement;

import com.google.protobuf.ByteString;
import io.pentameter.aggregation.mapping.Relative;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which traces of a batch have to be looked at again as a whole.
 *
 * <p>Ingest has settled the spans of each delivery among themselves. A call can concern a span of another delivery only if its
 * chain of parents leaves what came together (the rest may be stored already, or come later), or if there is a call above
 * it (which may be delivered again without it). Any step that does not say whom it was done for takes that from a step above it, which
 * may be in another delivery too. Such a trace is <em>split</em>; it is written down, and from then on looked
 * at again whenever spans of it come.
 *
 * @param split    split traces to the earliest start of their spans in the batch
 * @param possible traces that are not split by what is in the batch, but by what came before, perhaps; to their earliest start
 */
record BatchTraces(Map<Relative.Trace, Long> split, Map<Relative.Trace, Long> possible) {

    /** Longest chain of parents that is followed. */
    static final int MAX_GENERATIONS = 1000;

    static BatchTraces of(Collection<Relative> spans) {
        Map<Relative.Trace, List<Relative>> byTrace = new HashMap<>();
        for (Relative span : spans) {
            byTrace.computeIfAbsent(span.trace(), _ -> new ArrayList<>(2)).add(span);
        }
        Map<Relative.Trace, Long> split = new HashMap<>();
        Map<Relative.Trace, Long> possible = new HashMap<>();
        byTrace.forEach((trace, members) -> {
            long first = members.stream().mapToLong(Relative::startNs).min().orElseThrow();
            if (isSplit(members)) {
                split.put(trace, first);
            } else {
                possible.put(trace, first);
            }
        });
        return new BatchTraces(split, possible);
    }

    private static boolean isSplit(List<Relative> members) {
        if (members.stream().allMatch(span -> span.parentId().isEmpty())) {
            return false;
        }
        Map<ByteString, Relative> byId = HashMap.newHashMap(members.size());
        members.forEach(span -> byId.put(span.spanId(), span));
        return members.stream()
                .anyMatch(span -> inheritsFromOthers(span, byId) || (span.isCall() && concernsOthers(span, byId)));
    }

    /** A step whose parent says everything has it all from its own delivery, if the parent came in that. */
    private static boolean inheritsFromOthers(Relative span, Map<ByteString, Relative> byId) {
        return span.isOpen()
                && !span.parentId().isEmpty()
                && !span.parentId().equals(span.spanId())
                && !isTogether(span, byId.get(span.parentId()));
    }

    private static boolean isTogether(Relative span, @Nullable Relative parent) {
        return parent != null && parent.receipt() == span.receipt();
    }

    private static boolean concernsOthers(Relative call, Map<ByteString, Relative> byId) {
        Relative span = call;
        for (int i = 0; i < MAX_GENERATIONS; i++) {
            if (span.parentId().isEmpty() || span.parentId().equals(span.spanId())) {
                return false;
            }
            Relative parent = byId.get(span.parentId());
            if (parent == null || parent.isCall() || parent.receipt() != span.receipt()) {
                return true;
            }
            if (parent.isBoundary()) {
                return false;
            }
            span = parent;
        }
        return false;
    }
}
