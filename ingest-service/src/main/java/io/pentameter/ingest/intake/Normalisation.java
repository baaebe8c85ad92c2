package io.pentameter.ingest.intake;

import io.pentameter.contracts.v1.Attempt;
import io.pentameter.contracts.v1.Classification;
import io.pentameter.contracts.v1.Cost;
import io.pentameter.contracts.v1.Dimensions;
import io.pentameter.contracts.v1.Outcome;
import io.pentameter.contracts.v1.Payload;
import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.contracts.v1.SpanRecord;
import io.pentameter.contracts.v1.Usage;
import io.pentameter.contracts.v1.UsageSource;
import io.pentameter.ingest.classify.Classified;
import io.pentameter.ingest.classify.Classifier;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.dialect.Field;
import io.pentameter.ingest.dialect.Reading;
import io.pentameter.ingest.dialect.SpanKinds;
import io.pentameter.ingest.dimension.Dimension;
import io.pentameter.ingest.dimension.DimensionValues;
import io.pentameter.ingest.dimension.ServiceWord;
import io.pentameter.ingest.failure.Failures;
import io.pentameter.ingest.payload.Payloads;
import io.pentameter.ingest.pseudonym.Pseudonyms;
import io.pentameter.ingest.tokens.TokenBuckets;
import io.pentameter.ingest.tokens.TokenReport;
import io.pentameter.ingest.tokens.UsageOrigin;
import io.pentameter.pricing.PriceList;
import io.pentameter.pricing.PricedCall;
import io.pentameter.pricing.Pricing;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the canonical record of each span of one delivery. Not thread-safe. */
final class Normalisation {

    /** Version of what this class makes; a change that alters records for the same bytes increases it. */
    static final int SCHEMA_VERSION = 3;

    private static final int MAX_NAME = 1000;

    /** Attribute of every span that belongs to a project, whatever its client calls it. */
    static final String PROJECT = "project";

    /** The span reports tokens that are counted elsewhere, or nowhere: it wraps calls, or repeats one below it. */
    static final String USAGE_NOT_COUNTED = "usage_not_counted";

    private static final Classification SAID_BY_CLIENT =
            Classification.newBuilder().setSource("client").setConfidence(1).build();

    private final Sender sender;
    private final PriceList prices;
    private final Pseudonyms pseudonyms;
    private final long receivedAtUs;
    private final Set<String> found = new LinkedHashSet<>();
    private final KeptAttributes kept;

    Normalisation(Sender sender, PriceList prices, Pseudonyms pseudonyms, long receivedAtUs) {
        this.sender = sender;
        this.prices = prices;
        this.pseudonyms = pseudonyms;
        this.receivedAtUs = receivedAtUs;
        this.kept = new KeptAttributes(sender.settings(), found);
    }

    SpanRecord of(SpanDraft span) {
        found.clear();
        Reading reading = span.reading();
        SpanRecord.Builder draft = SpanRecord.newBuilder()
                .setSchemaVersion(SCHEMA_VERSION)
                .setTenant(sender.tenant())
                .setKeyId(sender.keyId())
                .setReceivedAtUs(receivedAtUs)
                .setTraceId(span.raw().traceId())
                .setSpanId(span.raw().spanId())
                .setStartNs(span.raw().startNs())
                .setDurationNs(span.raw().endNs() - span.raw().startNs())
                .setKind(span.kind())
                .setName(redacted(shortened(span.raw().name(), MAX_NAME)))
                .setIsRequest(span.isRequest())
                .setResponseId(redacted(shortened(reading.textOrEmpty(Field.RESPONSE_ID), Limits.MAX_DIMENSION)))
                .setDialect(reading.dialect().word());
        if (span.parentKey() != 0) {
            draft.setParentSpanId(span.raw().parentId());
        }
        if (span.isRunning()) {
            draft.setIsRunning(true).setDurationNs(0);
        } else {
            usageAndCost(span, draft);
            outcome(span, draft);
            ttft(span, draft);
            attempt(span, draft);
        }
        draft.setDimensions(dimensions(span, draft));
        classification(span, draft);
        String feature = span.dimensions().get(Dimension.FEATURE);
        Payload payload = Payloads.of(
                span.texts(),
                reading,
                span.kind(),
                new Payloads.Keeping(
                        settings().payloads().input(feature),
                        settings().payloads().output(feature),
                        settings().redactor()),
                found);
        if (payload != null) {
            draft.setPayload(payload);
        }
        attributes(span, draft);
        Tags.of(reading.text(Field.TAGS)).forEach(tag -> draft.addTags(redacted(tag)));
        return draft.addAllRedacted(found).build();
    }

    private TenantSettings settings() {
        return sender.settings();
    }

    private void usageAndCost(SpanDraft span, SpanRecord.Builder draft) {
        TokenReport report = span.tokens();
        if (!span.ownsUsage()) {
            if (report.isPresent() || span.pieces().isPresent()) {
                draft.addWarnings(USAGE_NOT_COUNTED);
            }
            return;
        }
        UsageOrigin origin = UsageOrigin.of(span.reading(), span.raw().source(), report);
        if (origin.source() == UsageSource.USAGE_SOURCE_CLIENT_CACHE) {
            draft.setUsage(TokenBuckets.unbilled(report).toBuilder().setReportedIn(origin.attribute()));
            draft.setCost(ClientCost.with(span.reading(), Pricing.free(prices)));
            return;
        }
        if (!report.isPresent() && !span.pieces().isPresent()) {
            if (span.kind() == SpanKind.SPAN_KIND_MODEL_CALL && !Failures.isError(span.raw(), span.reading())) {
                draft.setCost(ClientCost.with(span.reading(), Pricing.unknown(prices, Pricing.USAGE_MISSING)));
            }
            return;
        }
        TokenBuckets buckets = TokenBuckets.of(report);
        Usage.Builder usage = buckets.usage().toBuilder()
                .setSource(origin.source())
                .setReportedIn(origin.attribute())
                .setServiceTier(shortened(span.reading().textOrEmpty(Field.SERVICE_TIER), 40));
        span.pieces().putInto(usage);
        draft.setUsage(usage).addAllWarnings(buckets.warnings()).addAllWarnings(origin.warnings());
        draft.setCost(ClientCost.with(span.reading(), cost(span, report, usage.build())));
    }

    private Cost cost(SpanDraft span, TokenReport report, Usage usage) {
        PricedCall call = new PricedCall(
                span.provider(), span.model(), span.requestedModel(), span.raw().startNs(), usage);
        boolean isComplete = report.isPresent() ? isComplete(span, report) : !Pricing.needsTokens(prices, call);
        return isComplete ? Pricing.cost(prices, call) : Pricing.unknown(prices, Pricing.USAGE_INCOMPLETE);
    }

    /** Whether the tokens of both directions are known, so that the amount is not too low. */
    private static boolean isComplete(SpanDraft span, TokenReport report) {
        boolean isFailed = Failures.isError(span.raw(), span.reading());
        boolean needsOutput = span.kind() == SpanKind.SPAN_KIND_MODEL_CALL && !isFailed;
        boolean hasInput = report.input() >= 0 || (report.total() >= 0 && report.output() >= 0);
        boolean hasOutput = report.output() >= 0 || (report.total() >= 0 && report.input() >= 0);
        return hasInput && (hasOutput || !needsOutput);
    }

    private void outcome(SpanDraft span, SpanRecord.Builder draft) {
        Outcome outcome = span.outcome();
        if (!outcome.getMessage().isEmpty() || !outcome.getErrorType().isEmpty()) {
            outcome = outcome.toBuilder()
                    .setMessage(redacted(outcome.getMessage()))
                    .setErrorType(redacted(outcome.getErrorType()))
                    .build();
        }
        draft.setOutcome(outcome);
    }

    private static void attempt(SpanDraft span, SpanRecord.Builder draft) {
        Attempts.Place place = span.attempt();
        if (place != null) {
            draft.setAttempt(Attempt.newBuilder()
                    .setGroup(place.group())
                    .setNumber(place.number())
                    .setOf(place.of())
                    .setSuperseded(place.isSuperseded()));
        }
    }

    private Dimensions dimensions(SpanDraft span, SpanRecord.Builder draft) {
        DimensionValues values = span.dimensions();
        Reading resource = span.raw().source().resource();
        return Dimensions.newBuilder()
                .setFeature(value(values, Dimension.FEATURE, draft))
                .setRoute(value(values, Dimension.ROUTE, draft))
                .setCustomer(value(values, Dimension.CUSTOMER, draft))
                .setUser(value(values, Dimension.USER, draft))
                .setSession(value(values, Dimension.SESSION, draft))
                .setIntent(value(values, Dimension.INTENT, draft))
                .setPromptName(value(values, Dimension.PROMPT_NAME, draft))
                .setPromptVersion(value(values, Dimension.PROMPT_VERSION, draft))
                .setEnvironment(value(values, Dimension.ENVIRONMENT, draft))
                .setRegion(value(values, Dimension.REGION, draft))
                .setRelease(value(values, Dimension.RELEASE, draft))
                .setModel(text(span.model(), "model", draft))
                .setRequestedModel(text(span.requestedModel(), "requested_model", draft))
                .setProvider(text(span.provider(), "provider", draft))
                .setService(text(ServiceWord.of(span.reading(), resource), "service", draft))
                .setOperation(text(SpanKinds.word(span.reading()), "operation", draft))
                .setLanguage(Classifier.languageCode(values.get(Dimension.LANGUAGE)))
                .build();
    }

    /** Says of intent and language who found them. */
    private static void classification(SpanDraft span, SpanRecord.Builder draft) {
        Dimensions dimensions = draft.getDimensions();
        if (!dimensions.getIntent().isEmpty()) {
            draft.setIntentFound(classification(span.intent()));
        }
        if (!dimensions.getLanguage().isEmpty()) {
            draft.setLanguageFound(classification(span.language()));
        }
    }

    private static Classification classification(@Nullable Classified found) {
        return found == null
                ? SAID_BY_CLIENT
                : Classification.newBuilder()
                        .setSource("classifier")
                        .setConfidence(found.confidence())
                        .setModel(found.model())
                        .build();
    }

    private String value(DimensionValues values, Dimension dimension, SpanRecord.Builder draft) {
        String value = text(values.get(dimension), dimension.word(), draft);
        if (value.isEmpty()) {
            return value;
        }
        return dimension.isIdentity()
                ? pseudonyms.masked(sender.tenant(), settings(), value, found)
                : settings().redactor().redactId(value, found);
    }

    private static String text(String value, String word, SpanRecord.Builder draft) {
        String cut = shortened(value, Limits.MAX_DIMENSION);
        if (cut.length() < value.length()) {
            draft.addWarnings("dimension_truncated:" + word);
        }
        return cut;
    }

    private static void ttft(SpanDraft span, SpanRecord.Builder draft) {
        double nanos = Ttft.nanos(span.raw(), span.reading());
        if (Double.isNaN(nanos)) {
            return;
        }
        if (nanos >= 0 && nanos <= draft.getDurationNs() + Ttft.TOLERANCE_NS) {
            draft.setTtftNs(Math.round(nanos));
        } else {
            draft.addWarnings("ttft_out_of_range");
        }
    }

    private void attributes(SpanDraft span, SpanRecord.Builder draft) {
        int cutBefore = kept.truncated();
        kept.begin(span.dimensions().get(Dimension.FEATURE));
        kept.ofSpan(span.reading(), draft.hasUsage(), draft);
        kept.ofResource(span.raw().source().resource(), draft);
        String project = project(span);
        if (!project.isEmpty() && !draft.containsAttributes(PROJECT)) {
            draft.putAttributes(PROJECT, redacted(project));
        }
        warn(draft, "attributes_truncated", kept.truncated() - cutBefore);
        warn(draft, "attributes_dropped", span.raw().attributes().dropped());
        warn(draft, "events_dropped", span.raw().eventsLeftOut());
    }

    private static String project(SpanDraft span) {
        String own = span.reading().textOrEmpty(Field.PROJECT);
        String project = own.isEmpty() ? span.raw().source().resource().textOrEmpty(Field.PROJECT) : own;
        return shortened(project, Limits.MAX_DIMENSION);
    }

    private static void warn(SpanRecord.Builder draft, String word, int count) {
        if (count > 0) {
            draft.addWarnings(word + ":" + count);
        }
    }

    private String redacted(String text) {
        return settings().redactor().redact(text, found);
    }

    private static String shortened(@Nullable String text, int maxChars) {
        return Limits.shortened(text == null ? "" : text, maxChars);
    }
}
