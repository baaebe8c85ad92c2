package io.pentameter.ingest.intake;

import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.ProviderNames;
import io.pentameter.ingest.dialect.RawSpan;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.SpanKinds;
import io.pentameter.ingest.dimension.DimensionValues;
import io.pentameter.ingest.tokens.TokenReport;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A span of a delivery while its relatives are taken into account. Mutable; lives as long as the delivery. */
final class SpanDraft {

    private final RawSpan raw;
    private final Reading reading;
    private final SpanKind kind;
    private final DimensionValues dimensions;
    private final TokenReport tokens;
    private final long spanKey;
    private final long parentKey;

    private @Nullable SpanDraft parent;
    private boolean isSettled;
    private boolean hasUsageBelow;
    private String provider;
    private String model;
    private String requestedModel;

    private SpanDraft(RawSpan raw, Reading reading, TenantSettings settings) {
        this.raw = raw;
        this.reading = reading;
        this.kind = SpanKinds.of(reading);
        this.dimensions = DimensionValues.of(reading, raw.source().resource(), settings.mapping());
        this.tokens = TokenReport.of(reading);
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

    boolean isModelCall() {
        return switch (kind) {
            case SPAN_KIND_MODEL_CALL, SPAN_KIND_EMBEDDING, SPAN_KIND_RERANK -> true;
            default -> false;
        };
    }

    /** Whether the span's tokens are its own and not a sum over its children. */
    boolean ownsUsage() {
        return isModelCall() && !hasUsageBelow;
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

    boolean isSettled() {
        return isSettled;
    }

    /** Takes over from the parent, which is settled already, what this span does not say. */
    void settle() {
        if (parent != null) {
            dimensions.inherit(parent.dimensions);
        }
        isSettled = true;
    }

    boolean hasUsageBelow() {
        return hasUsageBelow;
    }

    void markUsageBelow() {
        hasUsageBelow = true;
    }

    /** Takes over the model of a call below. */
    void takeModelOf(SpanDraft call) {
        provider = call.provider;
        model = call.model;
        requestedModel = call.requestedModel;
    }
}
