package io.pentameter.ingest.assembly;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.Attempt;
import io.pentameter.contracts.v1.Classification;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.ingest.classify.Classified;
import io.pentameter.ingest.failure.Failures;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What late events say of how a call went, what the user wanted and which request it is an attempt of: what ingest would have
 * said had they come with the span. A function of the span and the set of events. Pure.
 */
final class LateJudgement {

    private static final String FINISH = "finish_reason.";
    private static final String NO_TOKENS = "output.no_tokens";
    private static final String NO_CONTENT = "output.no_content";
    private static final String NOT_JSON = "output.not_json";

    private LateJudgement() {}

    /**
     * Judges a span that has its payload already.
     *
     * @param span    to be completed
     * @param ordered its events, by time
     * @param told    whether the span itself said why the answer ended, so that it was judged by that
     */
    static void judge(SpanRecord.Builder span, List<LateEvent> ordered, boolean told) {
        if (span.getKind() == SpanKind.SPAN_KIND_MODEL_CALL) {
            span.setOutcome(Failures.withSoft(span.getOutcome(), rules(span, ordered, told)));
            attempt(span, ordered);
        }
        classify(span, ordered);
    }

    private static Set<String> rules(SpanRecord.Builder span, List<LateEvent> ordered, boolean told) {
        List<LateEvent> answers = answers(ordered);
        Set<String> rules = new TreeSet<>();
        answers.forEach(answer -> rules.addAll(answer.facts().rules()));
        boolean hasStopped = span.getPayload().getFinishReason().equals("stop");
        rules.removeIf(rule -> rule.startsWith(FINISH));
        rules.remove(NO_TOKENS);
        if (!told) {
            ordered.forEach(event -> event.facts().rules().stream()
                    .filter(rule -> rule.startsWith(FINISH))
                    .forEach(rules::add));
            if (hasStopped
                    && span.getUsage().hasReportedOutput()
                    && span.getUsage().getReportedOutput() == 0) {
                rules.add(NO_TOKENS);
            }
        }
        boolean isAllEmpty =
                answers.stream().allMatch(answer -> answer.facts().rules().contains(NO_CONTENT));
        if (!hasStopped || !isAllEmpty) {
            rules.remove(NO_CONTENT);
        }
        if (!hasStopped || answers.size() != 1 || !isJsonWanted(span, answers)) {
            rules.remove(NOT_JSON);
        }
        return rules;
    }

    /** The events that tell the output: the last that tells all of it, or those that tell a message each. */
    private static List<LateEvent> answers(List<LateEvent> ordered) {
        return counting(ordered, LateEvent::outputSize);
    }

    private static List<LateEvent> counting(List<LateEvent> ordered, Function<LateEvent, Long> size) {
        List<LateEvent> telling =
                ordered.stream().filter(event -> size.apply(event) > 0).toList();
        List<LateEvent> whole = telling.stream()
                .filter(event -> event.kind() == LateEvent.Kind.DETAILS)
                .toList();
        return whole.isEmpty() ? telling : List.of(whole.getLast());
    }

    private static boolean isJsonWanted(SpanRecord.Builder span, List<LateEvent> answers) {
        String own = span.getPayload().getOutputType();
        String type = own.isEmpty() ? answers.getFirst().facts().outputType() : own;
        return type.equals("json") || type.contains("json_object") || type.contains("json_schema");
    }

    /** A call whose input came late could not be grouped by it; now it can, with others whose input came late too. */
    private static void attempt(SpanRecord.Builder span, List<LateEvent> ordered) {
        List<LateEvent> inputs = counting(ordered, LateEvent::inputSize);
        if (span.hasAttempt() || span.getParentSpanId().isEmpty() || inputs.isEmpty()) {
            return;
        }
        StringBuilder input = new StringBuilder();
        for (LateEvent event : inputs) {
            if (event.facts().inputHash() == 0) {
                return;
            }
            input.append(event.facts().inputHash()).append(' ');
        }
        ByteString hash = Ids.hash(
                Long.BYTES,
                "late attempt",
                HexFormat.of().formatHex(span.getTraceId().toByteArray()),
                HexFormat.of().formatHex(span.getParentSpanId().toByteArray()),
                input.toString());
        long group = hash.asReadOnlyByteBuffer().getLong();
        span.setAttempt(Attempt.newBuilder()
                .setGroup(group == 0 ? 1 : group)
                .setNumber(1)
                .setOf(1));
    }

    private static void classify(SpanRecord.Builder span, List<LateEvent> ordered) {
        List<LateEvent> inputs = counting(ordered, LateEvent::inputSize);
        Classified intent = last(inputs, LateFacts::intent);
        Classified language = last(inputs, LateFacts::language);
        classify(span, intent, language);
    }

    /** Fills intent and language where nobody has said them. */
    static void classify(SpanRecord.Builder span, @Nullable Classified intent, @Nullable Classified language) {
        if (intent != null && span.getDimensions().getIntent().isEmpty()) {
            span.getDimensionsBuilder().setIntent(intent.label());
            span.setIntentFound(classification(intent));
        }
        if (language != null && span.getDimensions().getLanguage().isEmpty()) {
            span.getDimensionsBuilder().setLanguage(language.label());
            span.setLanguageFound(classification(language));
        }
    }

    /** The user's last words count. */
    private static @Nullable Classified last(List<LateEvent> events, Function<LateFacts, @Nullable Classified> of) {
        Classified found = null;
        for (LateEvent event : events) {
            Classified one = of.apply(event.facts());
            found = one == null ? found : one;
        }
        return found;
    }

    private static Classification classification(Classified found) {
        return Classification.newBuilder()
                .setSource("classifier")
                .setConfidence(found.confidence())
                .setModel(found.model())
                .build();
    }
}
