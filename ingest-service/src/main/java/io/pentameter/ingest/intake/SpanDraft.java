package io.pentameter.ingest.intake;

import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.ingest.classify.Classified;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.SpanKinds;
import io.pentameter.ingest.dimension.Dimension;
import io.pentameter.ingest.dimension.DimensionValues;
import io.pentameter.ingest.failure.AttemptPattern;
import io.pentameter.ingest.failure.Evidence;
import io.pentameter.ingest.failure.Failures;
import io.pentameter.ingest.failure.Finding;
import io.pentameter.ingest.payload.PayloadTexts;
import io.pentameter.ingest.tokens.PieceReport;
import io.pentameter.ingest.tokens.TokenReport;
import io.pentameter.pricing.ProviderNames;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A span of a delivery while its relatives are taken into account. Mutable; lives as long as the delivery. */
final class SpanDraft {

    private final RawSpan raw;
    private final Reading reading;
    private final SpanKind kind;
    private final DimensionValues dimensions;
    private final TokenReport tokens;
    private final PieceReport pieces;
    private final long spanKey;
    private final long parentKey;

    private @Nullable SpanDraft parent;
    private boolean isSettled;
    private boolean repeatsUsage;
    private @Nullable SpanDraft callAbove;
    private @Nullable PayloadTexts texts;
    private Attempts.@Nullable Place attempt;
    private @Nullable AttemptPattern attempts;
    private @Nullable Finding finding;
    private boolean isJudged;
    private @Nullable Classified intent;
    private @Nullable Classified language;
    private String provider;
    private String model;
    private String requestedModel;

    private SpanDraft(RawSpan raw, Reading reading, TenantSettings settings) {
        this.raw = raw;
        this.reading = reading;
        this.kind = SpanKinds.of(reading);
        this.dimensions = DimensionValues.of(reading, raw.source().resource(), settings.mapping());
        this.tokens = TokenReport.of(reading);
        this.pieces = PieceReport.of(reading);
        this.spanKey = key(raw.spanId().asReadOnlyByteBuffer());
        this.parentKey = raw.parentId().isEmpty() ? 0 : key(raw.parentId().asReadOnlyByteBuffer());
        this.provider = ProviderNames.canonical(reading.textOrEmpty(Field.PROVIDER));
        this.requestedModel = reading.textOrEmpty(Field.REQUEST_MODEL);
        String answered = reading.textOrEmpty(Field.RESPONSE_MODEL);
        this.model = answered.isEmpty() ? requestedModel : answered;
    }

    static SpanDraft of(RawSpan raw, TenantSettings settings) {
        return new SpanDraft(raw, Reading.of(raw.attributes()), settings);
    }

    private static long key(ByteBuffer id) {
        return id.getLong();
    }

    RawSpan raw() {
        return raw;
    }

    Reading reading() {
        return reading;
    }

    SpanKind kind() {
        return kind;
    }

    DimensionValues dimensions() {
        return dimensions;
    }

    TokenReport tokens() {
        return tokens;
    }

    PieceReport pieces() {
        return pieces;
    }

    long spanKey() {
        return spanKey;
    }

    /** 0 for a root. A span that names itself as its parent is one. */
    long parentKey() {
        return parentKey == spanKey ? 0 : parentKey;
    }

    /** Whether the span stands for what the user asked once. */
    boolean isRequest() {
        Boolean said = reading.flag(Field.REQUEST);
        return said == null ? parentKey() == 0 : said;
    }

    /** Whether the step has begun and nothing is known of its end. */
    boolean isRunning() {
        return Boolean.TRUE.equals(reading.flag(Field.RUNNING));
    }

    boolean isModelCall() {
        return switch (kind) {
            case SPAN_KIND_MODEL_CALL, SPAN_KIND_EMBEDDING, SPAN_KIND_RERANK -> true;
            default -> false;
        };
    }

    /** Whether the span's tokens are its own and not those of calls below it: docs/decisions/0009. */
    boolean ownsUsage() {
        return isModelCall() && !repeatsUsage;
    }

    private boolean reportsUsage() {
        return isModelCall() && (tokens.isPresent() || pieces.isPresent());
    }

    /**
     * Marks the nearest call above that repeats this one's usage: of the same kind, without a tool, a retrieval or a
     * guardrail between them that made the call on its own account, and not shown to be another call by its answer's id.
     */
    void markRepetitionAbove() {
        SpanDraft above = reportsUsage() ? callAbove : null;
        if (above != null && above.kind == kind && !isAnotherCall(above)) {
            above.repeatsUsage = true;
        }
    }

    private boolean isAnotherCall(SpanDraft above) {
        String own = reading.text(Field.RESPONSE_ID);
        String its = above.reading.text(Field.RESPONSE_ID);
        return own != null && its != null && !own.equals(its);
    }

    private boolean actsOnItsOwn() {
        return switch (kind) {
            case SPAN_KIND_TOOL, SPAN_KIND_RETRIEVAL, SPAN_KIND_GUARDRAIL, SPAN_KIND_EVALUATION -> true;
            default -> false;
        };
    }

    /** What the step was given and gave. */
    PayloadTexts texts() {
        PayloadTexts known = texts;
        if (known == null) {
            known = PayloadTexts.of(raw, reading);
            texts = known;
        }
        return known;
    }

    /** The failure of the step by itself, what its attempts did left aside; absent if there is none. */
    @Nullable
    Finding finding() {
        if (!isJudged) {
            finding = Failures.find(evidence(AttemptPattern.NONE));
            isJudged = true;
        }
        return finding;
    }

    /** How the step went, with what attempts below it did. */
    Outcome outcome() {
        AttemptPattern pattern = attempts;
        Attempts.Place place = attempt;
        Evidence evidence = evidence(pattern == null ? AttemptPattern.NONE : pattern);
        return Failures.outcome(
                evidence, pattern == null ? finding() : Failures.find(evidence), place != null && place.isHidden());
    }

    private Evidence evidence(AttemptPattern pattern) {
        return new Evidence(raw, reading, kind, tokens.output(), texts(), pattern);
    }

    Attempts.@Nullable Place attempt() {
        return attempt;
    }

    void setAttempt(Attempts.Place place) {
        attempt = place;
    }

    /** Takes note of what attempts directly below did. */
    void addAttempts(AttemptPattern pattern) {
        attempts = Attempts.worse(attempts, pattern);
    }

    String provider() {
        return provider;
    }

    String model() {
        return model;
    }

    String requestedModel() {
        return requestedModel;
    }

    @Nullable
    SpanDraft parent() {
        return parent;
    }

    void setParent(SpanDraft found) {
        parent = found;
    }

    void cutParent() {
        parent = null;
    }

    /** Takes over what a classifier found. */
    void classify(Dimension dimension, Classified found) {
        dimensions.fill(dimension, found.label());
        if (dimension == Dimension.INTENT) {
            intent = found;
        } else {
            language = found;
        }
    }

    /** How the intent was found; absent if the client said it, or there is none. */
    @Nullable
    Classified intent() {
        return intent;
    }

    /** As {@link #intent}, of the language. */
    @Nullable
    Classified language() {
        return language;
    }

    boolean isSettled() {
        return isSettled;
    }

    /** Takes over from the parent, which is settled already, what this span does not say. */
    void settle() {
        SpanDraft above = parent;
        if (above != null) {
            boolean isWithoutIntent = dimensions.get(Dimension.INTENT).isEmpty();
            boolean isWithoutLanguage = dimensions.get(Dimension.LANGUAGE).isEmpty();
            dimensions.inherit(above.dimensions);
            intent = isWithoutIntent ? above.intent : intent;
            language = isWithoutLanguage ? above.language : language;
            boolean isBoundary = above.actsOnItsOwn();
            callAbove = above.reportsUsage() ? above : isBoundary ? null : above.callAbove;
        }
        isSettled = true;
    }

    /** Takes over the model of a call below. */
    void takeModelOf(SpanDraft call) {
        provider = call.provider;
        model = call.model;
        requestedModel = call.requestedModel;
    }
}
