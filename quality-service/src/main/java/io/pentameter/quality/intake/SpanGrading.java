package io.pentameter.quality.intake;

import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.quality.check.Checks;
import io.pentameter.quality.judge.Judge;
import io.pentameter.quality.judge.JudgeDirectory;
import io.pentameter.quality.queue.Order;
import io.pentameter.quality.rating.Drawn;
import io.pentameter.quality.rating.Scores;
import io.pentameter.quality.rating.Subject;
import io.pentameter.quality.sampling.Selection;
import io.pentameter.statistics.sampling.Inclusion;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done with a span that was selected.
 *
 * @param scores grades of the built-in checks
 * @param orders judgements to be made
 */
record SpanGrading(List<ScoreRecord> scores, List<Order> orders) {

    /** Most characters of one text that a judgement keeps; more than a judge may be shown. */
    private static final int MAX_KEPT = 1_000_000;

    static SpanGrading of(SpanRecord span, Selection selection, JudgeDirectory judges) {
        return new SpanGrading(
                selection.isChecked() ? checked(span, drawn(selection, selection.checks())) : List.of(),
                selection.isJudged() ? ordered(span, drawn(selection, selection.judges()), judges) : List.of());
    }

    private static List<ScoreRecord> checked(SpanRecord span, Drawn drawn) {
        List<ScoreRecord> scores = new ArrayList<>();
        for (Checks.Result result : Checks.run(Subject.of(span))) {
            String rater = Checks.rater(result.name());
            scores.add(Scores.ofCheck(span, result.name(), rater, Checks.VERSION, result.grade(), drawn));
        }
        return scores;
    }

    private static List<Order> ordered(SpanRecord span, Drawn drawn, JudgeDirectory judges) {
        if (span.getOutcome().getError() || span.getPayload().getOutput().isBlank()) {
            return List.of(); // there is no answer to judge; that it failed is known
        }
        List<Judge> looking = judges.lookingAt(
                span.getTenant(),
                span.getKind() == SpanKind.SPAN_KIND_MODEL_CALL,
                span.getIsRequest(),
                span.getDimensions().getFeature());
        List<Order> orders = new ArrayList<>();
        for (Judge judge : looking) {
            String id = Scores.id(
                    span.getTenant(),
                    span.getTraceId(),
                    span.getSpanId(),
                    judge.id(),
                    String.valueOf(judge.rubricVersion()));
            orders.add(new Order(id, judge.id(), judge.rubricVersion(), drawn, needed(span)));
        }
        return orders;
    }

    /** The span without what no judge reads. */
    private static SpanRecord needed(SpanRecord span) {
        SpanRecord.Builder needed = SpanRecord.newBuilder()
                .setSchemaVersion(span.getSchemaVersion())
                .setTenant(span.getTenant())
                .setKeyId(span.getKeyId())
                .setReceivedAtUs(span.getReceivedAtUs())
                .setTraceId(span.getTraceId())
                .setSpanId(span.getSpanId())
                .setStartNs(span.getStartNs())
                .setKind(span.getKind())
                .setIsRequest(span.getIsRequest())
                .setDimensions(span.getDimensions())
                .setPayload(cut(span.getPayload()));
        span.getAttributesMap().forEach((name, value) -> {
            if (Subject.isNeeded(name)) {
                needed.putAttributes(name, value);
            }
        });
        return needed.build();
    }

    private static Payload cut(Payload payload) {
        if (payload.getInput().length() <= MAX_KEPT && payload.getOutput().length() <= MAX_KEPT) {
            return payload;
        }
        return payload.toBuilder()
                .setInput(cut(payload.getInput()))
                .setOutput(cut(payload.getOutput()))
                .build();
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(MAX_KEPT, text.length()));
    }

    private static Drawn drawn(Selection selection, Inclusion inclusion) {
        return new Drawn(
                inclusion.probability(),
                inclusion.ruleIds(),
                selection.randomness().rv(),
                selection.policyVersion());
    }
}
