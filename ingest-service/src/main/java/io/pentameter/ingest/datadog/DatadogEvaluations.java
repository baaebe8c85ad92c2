package io.pentameter.ingest.datadog;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.ingest.accept.RefusalReason;
import io.pentameter.ingest.accept.Refusals;
import io.pentameter.ingest.assembly.LateSpans;
import io.pentameter.ingest.intake.Joinable;
import io.pentameter.ingest.otlp.UndecodableException;
import io.pentameter.ingest.vendor.VendorInput;
import io.pentameter.ingest.vendor.VendorJson;
import io.pentameter.ingest.vendor.VendorProtocol;
import io.pentameter.ingest.vendor.VendorReply;
import io.pentameter.ingest.vendor.VendorRequest;
import io.pentameter.ingest.vendor.VendorScore;
import io.pentameter.ingest.vendor.VendorTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * {@code POST /api/intake/llm-obs/v2/eval-metric}: evaluations of spans. The same label on the same span again replaces
 * the earlier one.
 */
final class DatadogEvaluations implements VendorProtocol {

    /** Longest key and value of a tag together, in characters. */
    private static final int MAX_TAG = 1_000;

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
        List<LateSpans.WaitingScore> waiting = new ArrayList<>();
        Refusals refusals = new Refusals();
        for (JsonNode metric : metrics) {
            add(metric, request, scores, waiting, refusals);
        }
        String message = refusals.message();
        boolean isNothingGood = scores.isEmpty() && waiting.isEmpty();
        VendorReply reply = DatadogAnswers.taken(isNothingGood, message);
        return new VendorInput(List.of(), List.of(), scores, waiting, refusals, _ -> reply);
    }

    private static void add(
            JsonNode metric,
            VendorRequest request,
            List<ScoreRecord> scores,
            List<LateSpans.WaitingScore> waiting,
            Refusals refusals) {
        JsonNode tag = metric.path("join_on").path("tag");
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
        String key = VendorJson.text(tag, "key");
        String value = VendorJson.text(tag, "value");
        boolean isByTag = !key.isEmpty() && !value.isEmpty() && key.length() + value.length() <= MAX_TAG;
        if (!isByTag && (traceId.isEmpty() || spanId.isEmpty())) {
            refusals.add(
                    RefusalReason.UNDECODABLE_SPAN,
                    1,
                    "evaluation " + label
                            + ": join_on.span must give span_id and trace_id, or join_on.tag key and value of "
                            + MAX_TAG + " characters at most");
            return;
        }
        String of = isByTag
                ? "tag/" + key + "/" + value
                : VendorJson.text(place, "trace_id") + "/" + VendorJson.text(place, "span_id");
        VendorScore score = new VendorScore(request, "dd", of + "/" + label, label)
                .of(isByTag ? ByteString.EMPTY : traceId, isByTag ? ByteString.EMPTY : spanId)
                .at(VendorTime.nanos(metric.path("timestamp_ms")))
                .commented(VendorJson.text(metric, "reasoning"));
        for (String field : List.of("score_value", "categorical_value", "boolean_value", "json_value")) {
            score.valued(metric.path(field));
        }
        if (!score.hasValue()) {
            refusals.add(
                    RefusalReason.UNDECODABLE_SPAN,
                    1,
                    "evaluation " + label
                            + ": score_value, categorical_value, boolean_value or json_value must be given");
            return;
        }
        if (isByTag) {
            // as the span's own tag is kept
            String kept = request.sender().settings().redactor().redact(value, new HashSet<>());
            waiting.add(new LateSpans.WaitingScore(Joinable.byTag(key, kept), score.build()));
        } else {
            scores.add(score.build());
        }
    }

    @Override
    public VendorReply refused(int status, String message) {
        return DatadogAnswers.refused(status, message);
    }
}
