package io.pentameter.ingest.langsmith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorProtocol;
import io.pentameter.ingest.vendor.VendorReply;
import io.pentameter.ingest.vendor.VendorRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET}, {@code PATCH} and {@code DELETE /feedback/{id}}: what became of it, a change of it, its withdrawal. A change
 * is the same score told again, a withdrawal its mark.
 */
final class LangsmithFeedbackById implements VendorProtocol {

    /** What a client may do with feedback that it has sent. */
    enum Verb {
        GET,
        PATCH,
        DELETE
    }

    private static final List<String> CHANGEABLE = List.of("score", "value", "comment", "correction");

    private final Verb verb;
    private final FeedbackStore store;

    LangsmithFeedbackById(Verb verb, FeedbackStore store) {
        this.verb = verb;
        this.store = store;
    }

    @Override
    public String route() {
        return LangsmithFeedback.ROUTE;
    }

    @Override
    public VendorInput read(VendorRequest request, byte[] body) {
        String tenant = request.sender().tenant();
        String id = request.parameter("id");
        Optional<FeedbackStore.Kept> kept = id.indexOf('\0') >= 0 ? Optional.empty() : store.get(tenant, id);
        if (kept.isEmpty()) {
            return VendorInput.nothing(refused(404, "Feedback not found"));
        }
        return switch (verb) {
            case GET -> VendorInput.nothing(VendorReply.of(200, shown(kept.get())));
            case PATCH -> changed(kept.get(), VendorJson.parse(body), request);
            case DELETE -> removed(kept.get(), request);
        };
    }

    private VendorInput changed(FeedbackStore.Kept kept, JsonNode change, VendorRequest request) {
        if (!change.isObject()) {
            return VendorInput.nothing(refused(422, "the body must be an object"));
        }
        ObjectNode merged = shown(kept);
        // made now: of two with one id the later made counts
        merged.remove("created_at");
        for (String field : CHANGEABLE) {
            if (change.has(field)) {
                merged.set(field, change.get(field));
            }
        }
        return switch (LangsmithFeedback.score(
                merged, request, _ -> Optional.of(kept.score().getTraceId()))) {
            case LangsmithFeedback.Bad(String sentence) -> VendorInput.nothing(refused(422, sentence));
            case LangsmithFeedback.Good(ScoreRecord score) -> {
                ScoreRecord same = score.toBuilder()
                        .setScoreId(kept.score().getScoreId())
                        .setTraceId(kept.score().getTraceId())
                        .build();
                FeedbackStore.Kept now = new FeedbackStore.Kept(
                        kept.id(), kept.runId(), kept.traceId(), kept.source(), same, kept.createdAt(), request.now());
                store.put(request.sender().tenant(), now);
                yield VendorInput.ofScores(List.of(same), new Refusals(), VendorReply.of(200, shown(now)));
            }
        };
    }

    private VendorInput removed(FeedbackStore.Kept kept, VendorRequest request) {
        ScoreRecord mark = kept.score().toBuilder()
                .setIsDeleted(true)
                .setCreatedAtUs(ChronoUnit.MICROS.between(Instant.EPOCH, request.now()))
                .build();
        return new VendorInput(List.of(), List.of(), List.of(mark), new Refusals(), _ -> {
            // only when the mark is in the log: otherwise the client could not ask again
            store.remove(request.sender().tenant(), kept.id());
            return VendorReply.of(200, VendorJson.object().put("message", "Feedback deleted"));
        });
    }

    /** In LangSmith's shape; texts as they are kept, redacted. */
    static ObjectNode shown(FeedbackStore.Kept kept) {
        ScoreRecord score = kept.score();
        ObjectNode shown = VendorJson.object()
                .put("id", kept.id())
                .put("created_at", kept.createdAt().toString())
                .put("modified_at", kept.modifiedAt().toString())
                .put("run_id", kept.runId().isEmpty() ? null : kept.runId())
                .put(
                        "trace_id",
                        kept.traceId().isEmpty()
                                ? HexFormat.of().formatHex(score.getTraceId().toByteArray())
                                : kept.traceId())
                .put("key", score.getName())
                .put("comment", score.getComment().isEmpty() ? null : score.getComment());
        if (score.hasPassed()) {
            shown.put("score", score.getPassed());
        } else if (score.hasValue()) {
            shown.put("score", score.getValue());
        } else {
            shown.putNull("score");
        }
        shown.put("value", score.getLabel().isEmpty() ? null : score.getLabel());
        shown.putNull("correction");
        shown.putObject("feedback_source").put("type", kept.source().isEmpty() ? "api" : kept.source());
        return shown;
    }

    @Override
    public VendorReply refused(int status, String message) {
        return LangsmithAnswers.refused(status, message);
    }
}
