package io.pentameter.ingest.intake;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.ingest.dimension.Dimension;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the spans of one delivery tell each other: dimensions go down, the use of tokens and the model go up.
 *
 * <p>Only relatives in the same delivery are known. A chain of parents that is too long, or goes in a circle, is cut.
 */
final class Family {

    /** Longest chain of parents that is followed. */
    static final int MAX_GENERATIONS = 1000;

    private Family() {}

    private record Identity(ByteString traceId, long spanKey) {}

    /** @param classes works out what clients do not say, before it goes down */
    static void settle(List<SpanDraft> spans, Classes classes) {
        if (spans.stream().allMatch(span -> span.parentKey() == 0)) {
            classes.ofRequests(spans);
            Attempts.settle(spans);
            return;
        }
        Map<Identity, SpanDraft> byIdentity = HashMap.newHashMap(spans.size());
        for (SpanDraft span : spans) {
            byIdentity.put(new Identity(span.raw().traceId(), span.spanKey()), span);
        }
        for (SpanDraft span : spans) {
            SpanDraft parent = span.parentKey() == 0
                    ? null
                    : byIdentity.get(new Identity(span.raw().traceId(), span.parentKey()));
            if (parent != null && parent != span) {
                span.setParent(parent);
            }
        }
        classes.ofRequests(spans);
        spans.forEach(Family::settleDownTo);
        classes.ofCalls(spans);
        spans.forEach(SpanDraft::markRepetitionAbove);
        Attempts.settle(spans);
        giveModelsToEntries(spans);
    }

    /** Settles the ancestors of a span, the eldest first, and then the span. */
    private static void settleDownTo(SpanDraft span) {
        Deque<SpanDraft> chain = new ArrayDeque<>();
        SpanDraft next = span;
        while (next != null && !next.isSettled()) {
            if (chain.size() >= MAX_GENERATIONS) {
                // a circle, or what is as good as one
                chain.getFirst().cutParent();
                break;
            }
            chain.push(next);
            next = next.parent();
        }
        chain.forEach(SpanDraft::settle);
    }

    /** An entry without a model of its own takes that of the last call below it: the one that made the answer. */
    private static void giveModelsToEntries(List<SpanDraft> spans) {
        Map<SpanDraft, SpanDraft> lastCalls = new HashMap<>();
        for (SpanDraft call : spans) {
            if (call.kind() == SpanKind.SPAN_KIND_MODEL_CALL && !call.model().isEmpty()) {
                SpanDraft entry = entryAbove(call);
                if (entry != null) {
                    lastCalls.merge(
                            entry, call, (a, b) -> b.raw().endNs() >= a.raw().endNs() ? b : a);
                }
            }
        }
        lastCalls.forEach((entry, call) -> {
            entry.takeModelOf(call);
            entry.dimensions().fill(Dimension.PROMPT_NAME, call.dimensions());
            entry.dimensions().fill(Dimension.PROMPT_VERSION, call.dimensions());
        });
    }

    private static @Nullable SpanDraft entryAbove(SpanDraft call) {
        SpanDraft ancestor = call.parent();
        for (int i = 0; ancestor != null && i < MAX_GENERATIONS; i++) {
            if (ancestor.isRequest()) {
                return ancestor.model().isEmpty() ? ancestor : null;
            }
            ancestor = ancestor.parent();
        }
        return null;
    }
}
