package io.pentameter.ingest.langfuse;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.accept.TimeWindow;
import io.pentameter.ingest.assembly.Ids;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorProtocol;
import io.pentameter.ingest.vendor.VendorReply;
import io.pentameter.ingest.vendor.VendorRequest;
import io.pentameter.ingest.vendor.VendorScore;
import java.util.List;
import java.util.Locale;

/** {@code POST /api/public/scores}: one score; and the same body within an event. */
final class LangfuseScores implements VendorProtocol {

    @Override
    public String route() {
        return "langfuse_scores";
    }

    @Override
    public VendorInput read(VendorRequest request, byte[] body) {
        JsonNode score = VendorJson.parse(body);
        String id = VendorJson.text(score, "id");
        // without an id the same score sent again is the same
        String key = id.isEmpty()
                ? java.util.HexFormat.of()
                        .formatHex(Ids.hash(16, score.toString()).toByteArray())
                : id;
        try {
            ScoreRecord made = score(key, score, nanos(request), request);
            return VendorInput.ofScores(
                    List.of(made),
                    new Refusals(),
                    VendorReply.of(200, VendorJson.object().put("id", key)));
        } catch (BadEventException e) {
            return VendorInput.nothing(LangfuseAnswers.refused(400, String.valueOf(e.getMessage())));
        }
    }

    private static long nanos(VendorRequest request) {
        return TimeWindow.nanos(request.now());
    }

    @Override
    public VendorReply refused(int status, String message) {
        return LangfuseAnswers.refused(status, message);
    }

    /**
     * Reads a score.
     *
     * @param otherwise the id of a score without one
     * @param time      when the client made it, nanoseconds since the epoch
     */
    static ScoreRecord score(String otherwise, JsonNode body, long time, VendorRequest request) {
        String name = VendorJson.text(body, "name");
        if (name.isEmpty()) {
            throw BadEventException.of("body.name must be a text: " + VendorJson.shown(body.path("name")));
        }
        String id = VendorJson.text(body, "id");
        VendorScore score = new VendorScore(request, "lf", id.isEmpty() ? otherwise : id, name).at(time);
        target(body, score);
        value(body, score);
        if (!score.hasValue()) {
            throw BadEventException.of(
                    "body.value must be a number or a text: " + VendorJson.shown(body.path("value")));
        }
        return score.commented(VendorJson.text(body, "comment")).build();
    }

    private static void target(JsonNode body, VendorScore score) {
        String trace = VendorJson.text(body, "traceId");
        String session = VendorJson.text(body, "sessionId");
        if (trace.isEmpty() && session.isEmpty()) {
            throw BadEventException.of(
                    "body.traceId or body.sessionId must be given; scores of dataset runs are not kept");
        }
        if (!trace.isEmpty()) {
            String observation = VendorJson.text(body, "observationId");
            score.of(Ids.trace(trace), observation.isEmpty() ? ByteString.EMPTY : Ids.span(observation));
        }
        if (!session.isEmpty()) {
            score.ofSession(session);
        }
    }

    private static void value(JsonNode body, VendorScore score) {
        JsonNode value = body.path("value");
        String type = VendorJson.text(body, "dataType").toUpperCase(Locale.ROOT);
        switch (type) {
            case "", "NUMERIC" -> score.valued(value);
            case "BOOLEAN" -> {
                if (value.isNumber() || value.isBoolean()) {
                    score.passed(value.isBoolean() ? value.asBoolean() : value.asDouble() != 0);
                }
            }
            case "CATEGORICAL", "TEXT", "CORRECTION" -> score.labelled(value.isValueNode() ? value.asText("") : "");
            default ->
                throw BadEventException.of("body.dataType must be NUMERIC, BOOLEAN, CATEGORICAL, TEXT or CORRECTION: "
                        + VendorJson.shown(body.path("dataType")));
        }
    }
}
