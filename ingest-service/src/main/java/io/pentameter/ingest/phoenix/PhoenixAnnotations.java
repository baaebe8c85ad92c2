package io.pentameter.ingest.phoenix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.assembly.Ids;
import io.pentameter.ingest.assembly.LateSpans;
import io.pentameter.ingest.intake.Joinable;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorProtocol;
import io.pentameter.ingest.vendor.VendorReply;
import io.pentameter.ingest.vendor.VendorRequest;
import io.pentameter.ingest.vendor.VendorScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * {@code POST /v1/span_annotations} and its sisters for traces and sessions: judgements. The same name and identifier on
 * the same thing again replaces the earlier one.
 *
 * <p>A span's annotation does not say its trace. It is found if the span is a run of LangSmith's, or came after its tenant's
 * first annotation.
 */
final class PhoenixAnnotations implements VendorProtocol {

    private final Target target;
    private final BiFunction<String, ByteString, Optional<ByteString>> traces;

    /** What is annotated. */
    enum Target {
        SPAN("span_id"),
        TRACE("trace_id"),
        SESSION("session_id");

        private final String field;

        Target(String field) {
            this.field = field;
        }
    }

    /** @param traces finds the trace of a span of a tenant */
    PhoenixAnnotations(Target target, BiFunction<String, ByteString, Optional<ByteString>> traces) {
        this.target = target;
        this.traces = traces;
    }

    @Override
    public String route() {
        return "phoenix_annotations";
    }

    @Override
    public VendorInput read(VendorRequest request, byte[] body) {
        JsonNode data = VendorJson.parse(body).path("data");
        if (!data.isArray()) {
            throw new UndecodableException("data must be an array of annotations: " + VendorJson.shown(data));
        }
        List<ScoreRecord> scores = new ArrayList<>();
        Refusals refusals = new Refusals();
        data.forEach(annotation -> add(annotation, request, scores, refusals));
        // those that know only their span are told as they are, and again with the trace once that is known
        List<LateSpans.WaitingScore> waiting = target != Target.SPAN
                ? List.of()
                : scores.stream()
                        .filter(score -> score.getTraceId().isEmpty())
                        .map(score -> new LateSpans.WaitingScore(Joinable.bySpan(score.getSpanId()), score))
                        .toList();
        if (scores.isEmpty() && refusals.total() > 0) {
            VendorReply refused = refused(422, refusals.message());
            return VendorInput.ofScores(List.of(), refusals, refused);
        }
        ObjectNode reply = VendorJson.object();
        scores.forEach(score -> reply.withArray("data").addObject().put("id", score.getScoreId()));
        if (refusals.total() > 0) {
            reply.put("detail", refusals.message());
        }
        VendorReply taken = VendorReply.of(200, reply);
        return new VendorInput(List.of(), List.of(), scores, waiting, refusals, _ -> taken);
    }

    private void add(JsonNode annotation, VendorRequest request, List<ScoreRecord> scores, Refusals refusals) {
        String of = VendorJson.text(annotation, target.field);
        String name = VendorJson.text(annotation, "name");
        if (of.isEmpty() || name.isEmpty()) {
            refusals.add(
                    RefusalReason.UNDECODABLE_SPAN,
                    1,
                    target.field + " and name must be texts: " + VendorJson.shown(annotation.path(target.field)) + ", "
                            + VendorJson.shown(annotation.path("name")));
            return;
        }
        String id = String.join("/", target.field, of, name, VendorJson.text(annotation, "identifier"));
        VendorScore score = new VendorScore(request, "px", id, name);
        place(of, request, score);
        JsonNode result = annotation.path("result");
        score.valued(result.path("score"))
                .labelled(VendorJson.text(result, "label"))
                .commented(VendorJson.text(result, "explanation"));
        if (!score.hasValue() && !VendorJson.text(result, "explanation").isEmpty()) {
            score.labelled("comment");
        }
        if (!score.hasValue()) {
            refusals.add(
                    RefusalReason.UNDECODABLE_SPAN,
                    1,
                    "annotation " + name + ": result must have a score, a label or an explanation");
            return;
        }
        switch (VendorJson.text(annotation, "annotator_kind").toUpperCase(Locale.ROOT)) {
            case "LLM" -> score.by(ScoreSource.SCORE_SOURCE_LLM_JUDGE, "");
            case "HUMAN" -> score.by(ScoreSource.SCORE_SOURCE_HUMAN, "");
            default -> score.by(ScoreSource.SCORE_SOURCE_CODE, "");
        }
        scores.add(score.build());
    }

    private void place(String of, VendorRequest request, VendorScore score) {
        switch (target) {
            case SPAN -> {
                ByteString spanId = Ids.span(of);
                score.of(traces.apply(request.sender().tenant(), spanId).orElse(ByteString.EMPTY), spanId);
            }
            case TRACE -> score.of(Ids.trace(of), ByteString.EMPTY);
            case SESSION -> score.ofSession(of);
        }
    }

    @Override
    public VendorReply refused(int status, String message) {
        return VendorReply.of(status == 400 ? 422 : status, VendorJson.object().put("detail", message));
    }
}
