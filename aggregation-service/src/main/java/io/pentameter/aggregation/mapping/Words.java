package io.pentameter.aggregation.mapping;

import io.pentameter.contracts.v1.MetricType;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.UsageSource;

/** The words by which the API and the tables name what the records number; empty for what is not specified. */
final class Words {

    private Words() {}

    static String of(SpanKind kind) {
        return switch (kind) {
            case SPAN_KIND_MODEL_CALL -> "model_call";
            case SPAN_KIND_EMBEDDING -> "embedding";
            case SPAN_KIND_RETRIEVAL -> "retrieval";
            case SPAN_KIND_TOOL -> "tool";
            case SPAN_KIND_AGENT -> "agent";
            case SPAN_KIND_WORKFLOW -> "workflow";
            case SPAN_KIND_GUARDRAIL -> "guardrail";
            case SPAN_KIND_EVALUATION -> "evaluation";
            case SPAN_KIND_RERANK -> "rerank";
            case SPAN_KIND_OTHER -> "other";
            case SPAN_KIND_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    static String of(UsageSource source) {
        return switch (source) {
            case USAGE_SOURCE_REPORTED -> "reported";
            case USAGE_SOURCE_ESTIMATED -> "estimated";
            case USAGE_SOURCE_DERIVED -> "derived";
            case USAGE_SOURCE_CLIENT_CACHE -> "client_cache";
            case USAGE_SOURCE_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    static String of(MetricType type) {
        return switch (type) {
            case METRIC_TYPE_COUNTER -> "counter";
            case METRIC_TYPE_UP_DOWN_COUNTER -> "up_down_counter";
            case METRIC_TYPE_GAUGE -> "gauge";
            case METRIC_TYPE_HISTOGRAM -> "histogram";
            case METRIC_TYPE_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    static String of(ScoreSource source) {
        return switch (source) {
            case SCORE_SOURCE_CODE -> "code";
            case SCORE_SOURCE_LLM_JUDGE -> "llm_judge";
            case SCORE_SOURCE_HUMAN -> "human";
            case SCORE_SOURCE_END_USER -> "end_user";
            case SCORE_SOURCE_GUARDRAIL -> "guardrail";
            case SCORE_SOURCE_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }
}
