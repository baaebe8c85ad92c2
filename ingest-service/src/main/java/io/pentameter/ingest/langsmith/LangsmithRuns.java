package io.pentameter.ingest.langsmith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** The four ways in which runs come. All are answered with 202; what of a batch was refused is named in the answer. */
enum LangsmithRuns implements VendorProtocol {
    /** {@code POST /runs/multipart}. */
    MULTIPART("langsmith_multipart") {
        @Override
        void read(VendorRequest request, byte[] body, Reader reader) {
            for (MultipartRuns.Operation operation :
                    MultipartRuns.read(request.header("Content-Type"), body, reader::refuse)) {
                switch (operation.kind()) {
                    case "post" -> reader.run(operation.body(), false);
                    case "patch" -> reader.run(operation.body(), true);
                    case "feedback" -> reader.feedback(operation.body());
                    default ->
                        reader.refuse("part " + operation.kind() + "." + operation.id()
                                + ": the name must begin with post, patch, feedback or attachment");
                }
            }
        }
    },
    /** {@code POST /runs/batch}. */
    BATCH("langsmith_batch") {
        @Override
        void read(VendorRequest request, byte[] body, Reader reader) {
            JsonNode batch = VendorJson.parse(body);
            if (!batch.isObject()) {
                throw new UndecodableException("the body must be an object with the fields post and patch");
            }
            batch.path("post").forEach(run -> reader.run(run, false));
            batch.path("patch").forEach(run -> reader.run(run, true));
        }
    },
    /** {@code POST /runs}. */
    CREATE("langsmith_run") {
        @Override
        void read(VendorRequest request, byte[] body, Reader reader) {
            reader.run(VendorJson.parse(body), false);
        }
    },
    /** {@code PATCH /runs/{id}}; the id in the path is the one that counts. */
    UPDATE("langsmith_run") {
        @Override
        void read(VendorRequest request, byte[] body, Reader reader) {
            JsonNode run = VendorJson.parse(body);
            if (run instanceof ObjectNode object) {
                object.put("id", request.parameter("id"));
            }
            reader.run(run, true);
        }
    };

    /** Most runs of a request. */
    static final int MAX_RUNS = 5_000;

    private final String route;

    LangsmithRuns(String route) {
        this.route = route;
    }

    @Override
    public String route() {
        return route;
    }

    abstract void read(VendorRequest request, byte[] body, Reader reader);

    @Override
    public VendorInput read(VendorRequest request, byte[] body) {
        Reader reader = new Reader(request);
        read(request, body, reader);
        boolean isNothingGood = reader.fragments.isEmpty() && reader.scores.isEmpty() && !reader.errors.isEmpty();
        return new VendorInput(List.of(), reader.fragments, reader.scores, reader.refusals, receipt -> {
            if (isNothingGood) {
                return LangsmithAnswers.refused(422, receipt.message());
            }
            ObjectNode answer = VendorJson.object().put("message", "Runs batch ingested");
            if (!reader.errors.isEmpty()) {
                answer.set("errors", reader.errors);
            }
            return VendorReply.of(202, answer);
        });
    }

    @Override
    public VendorReply refused(int status, String message) {
        return LangsmithAnswers.refused(status, message);
    }

    /** Collects the runs of one request. */
    static final class Reader {

        private static final int MAX_LEVELS = 50;

        private final VendorRequest request;
        private final List<Fragment> fragments = new ArrayList<>();
        private final List<ScoreRecord> scores = new ArrayList<>();
        private final Refusals refusals = new Refusals();
        private final ArrayNode errors = VendorJson.array();

        Reader(VendorRequest request) {
            this.request = request;
        }

        void run(JsonNode run, boolean isPatch) {
            run(run, isPatch, 0);
        }

        private void run(JsonNode run, boolean isPatch, int level) {
            if (fragments.size() >= MAX_RUNS || level > MAX_LEVELS) {
                refuse(
                        RefusalReason.TOO_MANY_SPANS,
                        "a request may have " + MAX_RUNS + " runs, " + MAX_LEVELS + " levels deep");
                return;
            }
            switch (LangsmithRun.of(run, isPatch, request)) {
                case LangsmithRun.Good(Fragment fragment) -> fragments.add(fragment);
                case LangsmithRun.Bad(RefusalReason reason, String sentence) -> refuse(reason, sentence);
            }
            run.path("child_runs").forEach(child -> run(child, isPatch, level + 1));
        }

        void feedback(JsonNode feedback) {
            switch (LangsmithFeedback.score(feedback, request, _ -> java.util.Optional.empty())) {
                case LangsmithFeedback.Good(ScoreRecord score) -> scores.add(score);
                case LangsmithFeedback.Bad(String sentence) -> refuse(sentence);
            }
        }

        void refuse(String sentence) {
            refuse(RefusalReason.UNDECODABLE_SPAN, sentence);
        }

        private void refuse(RefusalReason reason, String sentence) {
            refusals.add(reason, 1, sentence);
            if (errors.size() < 100) {
                errors.add(sentence);
            }
        }
    }
}
