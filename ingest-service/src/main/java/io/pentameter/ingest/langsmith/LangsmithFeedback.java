package io.pentameter.ingest.langsmith;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.assembly.Ids;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorProtocol;
import io.pentameter.ingest.vendor.VendorReply;
import io.pentameter.ingest.vendor.VendorRequest;
import io.pentameter.ingest.vendor.VendorScore;
import io.pentameter.ingest.vendor.VendorTime;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * {@code POST /feedback}: a score of a run.
 *
 * <p>It often names the run only. Its trace is then that of the run, if we know it, or else the run is taken for a root,
 * whose id its trace has.
 */
final class LangsmithFeedback implements VendorProtocol {

    static final String ROUTE = "langsmith_feedback";

    private static final int MAX_ID = 1_000;

    private final Function<Run, Optional<ByteString>> traces;
    private final FeedbackStore store;

    /** A run whose trace is asked for. */
    record Run(String tenant, ByteString spanId) {}

    sealed interface Result {}

    record Good(ScoreRecord score) implements Result {}

    record Bad(String sentence) implements Result {}

    /**
     * @param traces finds the trace of a span of a tenant
     * @param store  where it is found again by its id
     */
    LangsmithFeedback(BiFunction<String, ByteString, Optional<ByteString>> traces, FeedbackStore store) {
        this.traces = run -> traces.apply(run.tenant(), run.spanId());
        this.store = store;
    }

    @Override
    public String route() {
        return ROUTE;
    }

    @Override
    public VendorInput read(VendorRequest request, byte[] body) {
        JsonNode feedback = VendorJson.parse(body);
        return switch (score(feedback, request, traces)) {
            case Bad(String sentence) -> VendorInput.nothing(LangsmithAnswers.refused(422, sentence));
            case Good(ScoreRecord score) -> {
                FeedbackStore.Kept kept = kept(feedback, score, request);
                store.put(request.sender().tenant(), kept);
                yield VendorInput.ofScores(
                        List.of(score), new Refusals(), VendorReply.of(200, LangsmithFeedbackById.shown(kept)));
            }
        };
    }

    @Override
    public VendorReply refused(int status, String message) {
        return LangsmithAnswers.refused(status, message);
    }

    private static FeedbackStore.Kept kept(JsonNode feedback, ScoreRecord score, VendorRequest request) {
        String id = VendorJson.text(feedback, "id");
        return new FeedbackStore.Kept(
                id.isEmpty() ? score.getScoreId() : storable(id),
                storable(VendorJson.text(feedback, "run_id")),
                storable(VendorJson.text(feedback, "trace_id")),
                storable(VendorJson.text(feedback.path("feedback_source"), "type")),
                score,
                request.now(),
                request.now());
    }

    /** PostgreSQL has no zero character in a text. */
    private static String storable(String text) {
        String whole = text.replace("\0", "");
        return whole.length() <= MAX_ID ? whole : whole.substring(0, MAX_ID);
    }

    static Result score(JsonNode feedback, VendorRequest request, Function<Run, Optional<ByteString>> traces) {
        String key = VendorJson.text(feedback, "key");
        String run = VendorJson.text(feedback, "run_id");
        String trace = VendorJson.text(feedback, "trace_id");
        if (key.isEmpty()) {
            return new Bad("key must be a text: " + VendorJson.shown(feedback.path("key")));
        }
        if (run.length() > MAX_ID
                || trace.length() > MAX_ID
                || VendorJson.text(feedback, "id").length() > MAX_ID) {
            return new Bad("id, run_id and trace_id may have " + MAX_ID + " characters");
        }
        if (run.isEmpty() && trace.isEmpty()) {
            return new Bad("run_id or trace_id must be given; feedback on projects is not kept");
        }
        String id = VendorJson.text(feedback, "id");
        VendorScore score = new VendorScore(request, "ls", id.isEmpty() ? run + trace + key : id, key);
        score.of(traceId(run, trace, request, traces), run.isEmpty() ? ByteString.EMPTY : Ids.span(run));
        values(feedback, score);
        if (!score.hasValue()) {
            return new Bad("score, value, comment or correction must be given");
        }
        return new Good(score.build());
    }

    private static ByteString traceId(
            String run, String trace, VendorRequest request, Function<Run, Optional<ByteString>> traces) {
        if (!trace.isEmpty()) {
            return Ids.trace(trace);
        }
        return traces.apply(new Run(request.sender().tenant(), Ids.span(run))).orElseGet(() -> Ids.trace(run));
    }

    private static void values(JsonNode feedback, VendorScore score) {
        score.valued(feedback.path("score"));
        JsonNode value = feedback.path("value");
        if (VendorJson.isValue(value)) {
            score.labelled(value.isTextual() ? value.asText() : value.toString());
        }
        String comment = VendorJson.text(feedback, "comment");
        if (comment.isEmpty() && VendorJson.has(feedback, "correction")) {
            comment = feedback.path("correction").toString();
        }
        score.commented(comment);
        if (!score.hasValue() && !comment.isEmpty()) {
            score.labelled("comment");
        }
        // LangSmith says "model" of its judges, "app" of people in its own pages, "api" of everybody else
        switch (VendorJson.text(feedback.path("feedback_source"), "type")) {
            case "model" -> score.by(ScoreSource.SCORE_SOURCE_LLM_JUDGE, "");
            case "app" -> score.by(ScoreSource.SCORE_SOURCE_HUMAN, "");
            default -> {
                // told by the name
            }
        }
        score.at(VendorTime.nanos(feedback.path("created_at")));
    }
}
