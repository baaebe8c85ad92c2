package io.pentameter.quality.rating;

import com.google.protobuf.ByteString;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.ScoreRecord;
import io.pentameter.contracts.v1.ScoreSource;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.quality.rating.Opinion.Grade;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Turns grades into records. The id of a grade follows from what was graded by whom, so a repeat replaces itself. */
public final class Scores {

    private static final int SCHEMA_VERSION = 1;
    private static final int ID_BYTES = 16;

    private Scores() {}

    /**
     * Id of a grade: a hash of tenant, trace, span, rater and the version of what it grades by.
     *
     * @param rater   check or judge id
     * @param version of the check's rules or of the rubric
     */
    public static String id(String tenant, ByteString traceId, ByteString spanId, String rater, String version) {
        MessageDigest digest = sha256();
        for (byte[] part : new byte[][] {
            tenant.getBytes(StandardCharsets.UTF_8),
            traceId.toByteArray(),
            spanId.toByteArray(),
            rater.getBytes(StandardCharsets.UTF_8),
            version.getBytes(StandardCharsets.UTF_8)
        }) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
            digest.update(part);
        }
        return "sc_" + HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    }

    /**
     * A grade by a built-in check. It is the same, byte for byte, whenever the span comes again: its time is that of the
     * span's receipt.
     */
    public static ScoreRecord ofCheck(
            SpanRecord span, String name, String rater, String version, Grade grade, Drawn drawn) {
        return start(span, grade, drawn)
                .setScoreId(id(span.getTenant(), span.getTraceId(), span.getSpanId(), rater, version))
                .setName(name)
                .setSource(ScoreSource.SCORE_SOURCE_CODE)
                .setRater(rater)
                .setRubricVersion(version)
                .setCreatedAtUs(span.getReceivedAtUs())
                .build();
    }

    /**
     * A grade by a language model.
     *
     * @param costNanoUsd what the judgement cost, all calls
     */
    public static ScoreRecord ofJudge(
            SpanRecord span, JudgeIdentity judge, Grade grade, Drawn drawn, long costNanoUsd, long atMicros) {
        return start(span, grade, drawn)
                .setScoreId(judge.scoreId())
                .setName(judge.name())
                .setSource(ScoreSource.SCORE_SOURCE_LLM_JUDGE)
                .setRater(judge.name())
                .setJudgeModel(grade.model())
                .setRubric(judge.judgeId())
                .setRubricVersion(judge.rubricVersion())
                .setCostNanoUsd(costNanoUsd)
                .setCreatedAtUs(atMicros)
                .build();
    }

    /** Which judge, by which rubric. */
    public record JudgeIdentity(String scoreId, String judgeId, String name, String rubricVersion) {}

    private static ScoreRecord.Builder start(SpanRecord span, Grade grade, Drawn drawn) {
        return ScoreRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(span.getTenant())
                .setTraceId(span.getTraceId())
                .setSpanId(span.getSpanId())
                .setSession(span.getDimensions().getSession())
                .setValue(grade.value())
                .setPassed(grade.passed())
                .setComment(grade.comment())
                .setInclusionProbability(drawn.probability())
                .addAllSamplingRules(drawn.rules())
                .setSamplingRv(drawn.rv())
                .setSamplingPolicyVersion(drawn.policyVersion())
                .setSpanStartNs(span.getStartNs())
                .setDimensions(dimensions(span.getDimensions()))
                .setKeyId(span.getKeyId());
    }

    private static ScoreRecord.Dims dimensions(Dimensions of) {
        return ScoreRecord.Dims.newBuilder()
                .setFeature(of.getFeature())
                .setCustomer(of.getCustomer())
                .setModel(of.getModel())
                .setProvider(of.getProvider())
                .setPromptName(of.getPromptName())
                .setPromptVersion(of.getPromptVersion())
                .setEnvironment(of.getEnvironment())
                .setRelease(of.getRelease())
                .setIntent(of.getIntent())
                .setRoute(of.getRoute())
                .setUser(of.getUser())
                .setRegion(of.getRegion())
                .build();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
