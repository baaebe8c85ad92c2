package io.pentameter.aggregation.mapping;

import com.google.protobuf.InvalidProtocolBufferException;
import io.pentameter.aggregation.engine.RowBinary;
import io.pentameter.contracts.v1.ScoreRecord;
import java.util.Optional;

/** Rows of scores. A later score with the same id replaces the earlier one; later is what was created later. */
public final class ScoreMapper implements RecordMapper {

    public static final Table TABLE = Table.of(
            "score",
            "tenant",
            "score_id",
            "trace_id",
            "span_id",
            "session",
            "name",
            "source",
            "rater",
            "value",
            "label",
            "passed",
            "comment",
            "judge_model",
            "rubric",
            "rubric_version",
            "inclusion_probability",
            "sampling_rules",
            "sampling_policy_version",
            "sampling_rv",
            "created_at",
            "cost_nano",
            "span_start",
            "feature",
            "customer",
            "model",
            "provider",
            "prompt_name",
            "prompt_version",
            "environment",
            "release",
            "intent",
            "route",
            "user",
            "region",
            "language",
            "key_id",
            "version",
            "is_deleted");

    @Override
    public Optional<Rejection> map(RawRecord raw, BatchRows rows) {
        ScoreRecord score;
        try {
            score = ScoreRecord.parseFrom(raw.value());
        } catch (InvalidProtocolBufferException _) {
            return Optional.of(new Rejection("undecodable", "", "", 0));
        }
        Optional<String> fault = faultOf(score);
        if (fault.isPresent()) {
            return Optional.of(new Rejection(fault.get(), score.getTenant(), score.getKeyId(), score.getCreatedAtUs()));
        }
        RowBinary row = rows.of(TABLE);
        judgement(score, row);
        origin(score, row);
        dimensions(score, row);
        row.endRow();
        return Optional.empty();
    }

    private static Optional<String> faultOf(ScoreRecord score) {
        if (score.getTenant().isEmpty()) {
            return Optional.of("tenant_missing");
        }
        if (score.getScoreId().isEmpty()) {
            return Optional.of("score_id_missing");
        }
        if (!score.getTraceId().isEmpty() && score.getTraceId().size() != 16) {
            return Optional.of("invalid_trace_id");
        }
        return !score.getSpanId().isEmpty() && score.getSpanId().size() != 8
                ? Optional.of("invalid_span_id")
                : Optional.empty();
    }

    private static void judgement(ScoreRecord score, RowBinary row) {
        row.string(score.getTenant())
                .string(score.getScoreId())
                .fixed(score.getTraceId().toByteArray(), 16)
                .fixed(score.getSpanId().toByteArray(), 8)
                .string(score.getSession())
                .string(score.getName())
                .string(Words.of(score.getSource()))
                .string(score.getRater())
                .nullable(score.hasValue(), score.getValue())
                .string(score.getLabel())
                .isNull(!score.hasPassed());
        if (score.hasPassed()) {
            row.bool(score.getPassed());
        }
    }

    private static void origin(ScoreRecord score, RowBinary row) {
        row.string(score.getComment())
                .string(score.getJudgeModel())
                .string(score.getRubric())
                .string(score.getRubricVersion())
                .float64(score.getInclusionProbability())
                .strings(score.getSamplingRulesList())
                .string(score.getSamplingPolicyVersion())
                .string(score.getSamplingRv())
                .int64(score.getCreatedAtUs())
                .int64(score.hasCostNanoUsd() ? score.getCostNanoUsd() : -1)
                .int64(score.getSpanStartNs());
    }

    private static void dimensions(ScoreRecord score, RowBinary row) {
        ScoreRecord.Dims dims = score.getDimensions();
        row.string(dims.getFeature())
                .string(dims.getCustomer())
                .string(dims.getModel())
                .string(dims.getProvider())
                .string(dims.getPromptName())
                .string(dims.getPromptVersion())
                .string(dims.getEnvironment())
                .string(dims.getRelease())
                .string(dims.getIntent())
                .string(dims.getRoute())
                .string(dims.getUser())
                .string(dims.getRegion())
                .string(dims.getLanguage())
                .string(score.getKeyId())
                .int64(score.getCreatedAtUs())
                .bool(score.getIsDeleted());
    }
}
