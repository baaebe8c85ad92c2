package io.pentameter.ingest.intake;

import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.failure.AttemptPattern;
import io.pentameter.ingest.failure.Failures;
import io.pentameter.ingest.failure.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds which calls are attempts of one request: those to which the client gave one {@code pentameter.attempt.group}, else
 * those with the same parent, kind and input, one after the other, each begun after the one before had failed.
 *
 * <p>Only attempts in the same delivery are numbered. The group that the record carries is the same in any delivery.
 */
final class Attempts {

    /** Longest pause after a failure before the next attempt of the same request. */
    static final long MAX_PAUSE_NS = 600_000_000_000L;

    private Attempts() {}

    /**
     * Which try of which request a call is.
     *
     * @param number       1 for the first in the delivery
     * @param of           how many there are in the delivery
     * @param isSuperseded whether it failed and another followed
     * @param isHidden     whether it failed and the last of them did not
     */
    record Place(long group, int number, int of, boolean isSuperseded, boolean isHidden) {}

    /** Settles the attempts of a delivery whose spans know their parents. */
    static void settle(List<SpanDraft> spans) {
        Map<Long, List<SpanDraft>> groups = new HashMap<>();
        for (SpanDraft span : spans) {
            if (span.isModelCall()) {
                long group = groupOf(span);
                if (group != 0) {
                    groups.computeIfAbsent(group, _ -> new ArrayList<>(1)).add(span);
                }
            }
        }
        groups.forEach(Attempts::settleGroup);
    }

    private static void settleGroup(long group, List<SpanDraft> calls) {
        if (calls.size() == 1) {
            calls.getFirst().setAttempt(new Place(group, 1, 1, false, false));
            return;
        }
        calls.sort(Comparator.comparingLong((SpanDraft call) -> call.raw().startNs())
                .thenComparingLong(SpanDraft::spanKey));
        boolean isSaid = calls.getFirst().reading().has(Field.ATTEMPT_GROUP);
        List<SpanDraft> run = new ArrayList<>();
        for (SpanDraft call : calls) {
            if (!run.isEmpty() && !isSaid && !isNextTry(run.getLast(), call)) {
                settleRun(group, run);
                run = new ArrayList<>();
            }
            run.add(call);
        }
        settleRun(group, run);
    }

    private static boolean isNextTry(SpanDraft earlier, SpanDraft later) {
        long pause = later.raw().startNs() - earlier.raw().endNs();
        return earlier.finding() != null && pause >= 0 && pause <= MAX_PAUSE_NS;
    }

    private static void settleRun(long group, List<SpanDraft> run) {
        boolean isSaved = run.getLast().finding() == null;
        int failed = 0;
        String lastDetail = "";
        for (int i = 0; i < run.size(); i++) {
            Finding finding = run.get(i).finding();
            if (finding != null) {
                failed++;
                lastDetail = Failures.wordOf(finding);
            }
            boolean isSuperseded = finding != null && i < run.size() - 1;
            run.get(i).setAttempt(new Place(group, i + 1, run.size(), isSuperseded, finding != null && isSaved));
        }
        SpanDraft parent = run.getFirst().parent();
        if (parent != null && run.size() > 1) {
            List<String> models = run.stream().map(SpanDraft::model).toList();
            parent.addAttempts(AttemptPattern.of(models, failed, lastDetail));
        }
    }

    /** 0 for a call that cannot be grouped: one without a parent, or without an input that could be compared. */
    private static long groupOf(SpanDraft span) {
        String said = span.reading().text(Field.ATTEMPT_GROUP);
        if (said != null) {
            return hash(span, 0, said);
        }
        String input = span.texts().input();
        return span.parentKey() == 0 || input.isEmpty() ? 0 : hash(span, span.parentKey(), input);
    }

    /** FNV-1a with 64 bits over trace, parent, kind and text: the same in every program that groups. */
    private static long hash(SpanDraft span, long parentKey, String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : span.raw().traceId().toByteArray()) {
            hash = mixed(hash, b);
        }
        for (int i = 0; i < Long.BYTES; i++) {
            hash = mixed(hash, (byte) (parentKey >>> (8 * i)));
        }
        for (byte b : span.kind().name().getBytes(StandardCharsets.US_ASCII)) {
            hash = mixed(hash, b);
        }
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash == 0 ? 1 : hash;
    }

    private static long mixed(long hash, byte b) {
        return (hash ^ (b & 0xff)) * 0x100000001b3L;
    }

    /** The wilder of two patterns. */
    static AttemptPattern worse(@Nullable AttemptPattern one, AttemptPattern other) {
        return one == null || other.failed() > one.failed() || (other.isLoop() && !one.isLoop()) ? other : one;
    }
}
