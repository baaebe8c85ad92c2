package io.pentameter.ingest.langfuse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.assembly.Fragment;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorProtocol;
import io.pentameter.ingest.vendor.VendorReply;
import io.pentameter.ingest.vendor.VendorRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /api/public/ingestion}: a batch of events in any order, answered event by event with 207.
 *
 * <p>The SDK sends the whole batch again if any event has an error: what was stored is recognised by its bytes.
 */
final class LangfuseIngestion implements VendorProtocol {

    /** Most events of a batch; SDKs send 15, and Langfuse itself bounds the bytes only. */
    static final int MAX_EVENTS = 5_000;

    @Override
    public String route() {
        return "langfuse_ingestion";
    }

    @Override
    public VendorInput read(VendorRequest request, byte[] body) {
        JsonNode batch = VendorJson.parse(body).path("batch");
        if (!batch.isArray()) {
            throw new UndecodableException("the field batch must be an array of events: " + VendorJson.shown(batch));
        }
        Reader reader = new Reader(request);
        for (JsonNode event : batch) {
            reader.read(event);
        }
        VendorReply reply = reader.reply();
        return new VendorInput(List.of(), reader.fragments, reader.scores, reader.refusals, _ -> reply);
    }

    @Override
    public VendorReply refused(int status, String message) {
        return LangfuseAnswers.refused(status, message);
    }

    /** Reads the events of one batch. */
    private static final class Reader {

        private final VendorRequest request;
        private final List<Fragment> fragments = new ArrayList<>();
        private final List<ScoreRecord> scores = new ArrayList<>();
        private final Refusals refusals = new Refusals();
        private final ArrayNode successes = VendorJson.array();
        private final ArrayNode errors = VendorJson.array();
        private int events;

        Reader(VendorRequest request) {
            this.request = request;
        }

        void read(JsonNode event) {
            String id = VendorJson.text(event, "id");
            if (++events > MAX_EVENTS) {
                refuse(id, RefusalReason.TOO_MANY_SPANS, "a batch may have " + MAX_EVENTS + " events");
                return;
            }
            try {
                switch (LangfuseEvent.of(event, request)) {
                    case LangfuseEvent.Piece(Fragment fragment) -> fragments.add(fragment);
                    case LangfuseEvent.Judged(ScoreRecord score) -> scores.add(score);
                    case LangfuseEvent.Ignored _ -> {
                        // what the SDK logs about itself
                    }
                }
                successes.addObject().put("id", id).put("status", 201);
            } catch (BadEventException e) {
                refuse(id, e.reason(), String.valueOf(e.getMessage()));
            }
        }

        private void refuse(String id, RefusalReason reason, String sentence) {
            refusals.add(reason, 1, "event " + id + ": " + sentence);
            errors.addObject()
                    .put("id", id)
                    .put("status", 400)
                    .put("message", "Invalid request data")
                    .put("error", sentence);
        }

        VendorReply reply() {
            return VendorReply.of(
                    207,
                    VendorJson.object()
                            .<com.fasterxml.jackson.databind.node.ObjectNode>set("successes", successes)
                            .set("errors", errors));
        }
    }
}
