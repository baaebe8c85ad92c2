package io.pentameter.ingest.datadog;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorProtocol;
import io.pentameter.ingest.vendor.VendorReply;
import io.pentameter.ingest.vendor.VendorRequest;
import io.pentameter.ingest.vendor.VendorScore;
import io.pentameter.ingest.vendor.VendorTime;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /api/intake/llm-obs/v2/eval-metric}: evaluations of spans. The same label on the same span again replaces
 * the earlier one.
 */
final class DatadogEvaluations implements VendorProtocol {

    @Override
    public String route() {
        return "datadog_evaluations";
    }

    @Override
    public VendorInput read(VendorRequest request, byte[] body) {
        JsonNode metrics =
                VendorJson.parse(body).path("data").path("attributes").path("metrics");
        if (!metrics.isArray()) {
            throw new UndecodableException("data.attributes.metrics must be an array: " + VendorJson.shown(metrics));
        }
        List<ScoreRecord> scores = new ArrayList<>();
        Refusals refusals = new Refusals();
        for (JsonNode metric : metrics) {
            add(metric, request, scores, refusals);
        }
        String message = refusals.message();
        boolean isNothingGood = scores.isEmpty();
        return VendorInput.ofScores(scores, refusals, DatadogAnswers.taken(isNothingGood, message));
    }

    private static void add(JsonNode metric, VendorRequest request, List<ScoreRecord> scores, Refusals refusals) {
        JsonNode joined = metric.path("join_on").path("span");
        JsonNode place = joined.isObject() ? joined : metric;
        String label = VendorJson.text(metric, "label");
        ByteString traceId = DatadogIds.trace(VendorJson.text(place, "trace_id"));
        ByteString spanId = DatadogIds.span(VendorJson.text(place, "span_id"));
        if (label.isEmpty()) {
            refusals.add(
                    RefusalReason.UNDECODABLE_SPAN,
                    1,
                    "label must be a text: " + VendorJson.shown(metric.path("label")));
            return;
        }
        if (traceId.isEmpty() || spanId.isEmpty()) {
            refusals.add(
                    RefusalReason.UNDECODABLE_SPAN,
                    1,
                    "evaluation " + label
                            + ": join_on.span must give span_id and trace_id; a join by tag is not taken");
            return;
        }
        String id = VendorJson.text(place, "trace_id") + "/" + VendorJson.text(place, "span_id") + "/" + label;
        VendorScore score = new VendorScore(request, "dd", id, label)
                .of(traceId, spanId)
                .at(VendorTime.nanos(metric.path("timestamp_ms")))
                .commented(VendorJson.text(metric, "reasoning"));
        for (String value : List.of("score_value", "categorical_value", "boolean_value", "json_value")) {
            score.valued(metric.path(value));
        }
        if (!score.hasValue()) {
            refusals.add(
                    RefusalReason.UNDECODABLE_SPAN,
                    1,
                    "evaluation " + label
                            + ": score_value, categorical_value, boolean_value or json_value must be given");
            return;
        }
        scores.add(score.build());
    }

    @Override
    public VendorReply refused(int status, String message) {
        return DatadogAnswers.refused(status, message);
    }
}
