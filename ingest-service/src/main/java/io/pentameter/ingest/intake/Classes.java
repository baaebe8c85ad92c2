package io.pentameter.ingest.intake;

import io.pentameter.contracts.v1.SpanKind;
import io.pentameter.ingest.classify.Classifier;
import io.pentameter.ingest.classify.Training;
import io.pentameter.ingest.classify.UserText;
import io.pentameter.ingest.config.TenantSettings;
import io.pentameter.ingest.dimension.Dimension;
import io.pentameter.ingest.payload.PayloadMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Works out intent and language of requests and calls whose client does not say them, from what the user asked: the input of
 * the request, or, if it has none, that of the first call below it. What is below a request takes them over from it.
 */
final class Classes {

    private final Classifier classifier;
    private final String tenant;
    private final TenantSettings settings;

    Classes(Classifier classifier, Sender sender) {
        this.classifier = classifier;
        this.tenant = sender.tenant();
        this.settings = sender.settings();
    }

    /** Of requests; parents must be known, and values not have gone down yet. */
    void ofRequests(List<SpanDraft> spans) {
        if (!classifier.isOn()) {
            return;
        }
        Map<SpanDraft, SpanDraft> firstCalls = new HashMap<>();
        for (SpanDraft span : spans) {
            SpanDraft request = isCall(span) && span.parent() != null ? requestAbove(span) : null;
            if (request != null) {
                firstCalls.merge(request, span, Classes::earlier);
            }
        }
        for (SpanDraft span : spans) {
            if (span.isRequest()) {
                SpanDraft call = firstCalls.getOrDefault(span, span);
                learn(span, call);
                classify(span, call);
            }
        }
    }

    /** Of calls that took nothing over, because their request is not in the delivery. */
    void ofCalls(List<SpanDraft> spans) {
        if (!classifier.isOn()) {
            return;
        }
        for (SpanDraft span : spans) {
            if (isCall(span) && !span.isRequest()) {
                classify(span, span);
            }
        }
    }

    private void classify(SpanDraft span, SpanDraft call) {
        boolean isWithoutIntent = span.dimensions().get(Dimension.INTENT).isEmpty();
        boolean isWithoutLanguage = span.dimensions().get(Dimension.LANGUAGE).isEmpty();
        if (!isWithoutIntent && !isWithoutLanguage) {
            return;
        }
        String text = asked(span, call);
        if (isWithoutIntent) {
            classifier.intent(text, settings.intents()).ifPresent(found -> span.classify(Dimension.INTENT, found));
        }
        if (isWithoutLanguage) {
            classifier.language(text).ifPresent(found -> span.classify(Dimension.LANGUAGE, found));
        }
    }

    /** What the client says is an example for tenants that want it, where they let us keep the whole input. */
    private void learn(SpanDraft span, SpanDraft call) {
        String intent = span.dimensions().get(Dimension.INTENT);
        boolean isWanted = !intent.isEmpty()
                && classifier.clientIntents().areWantedBy(tenant)
                && settings.payloads().input(span.dimensions().get(Dimension.FEATURE)) == PayloadMode.FULL;
        String text = isWanted ? asked(span, call) : "";
        if (!text.isEmpty() && text.length() <= Training.MAX_TEXT && intent.length() <= Training.MAX_LABEL) {
            String redacted = settings.redactor().redact(text, new HashSet<>());
            classifier.clientIntents().said(tenant, redacted, intent);
        }
    }

    private static String asked(SpanDraft span, SpanDraft call) {
        String text = UserText.of(span.texts().input());
        return text.isEmpty() && call != span ? UserText.of(call.texts().input()) : text;
    }

    private static boolean isCall(SpanDraft span) {
        return span.kind() == SpanKind.SPAN_KIND_MODEL_CALL;
    }

    private static SpanDraft earlier(SpanDraft a, SpanDraft b) {
        return b.raw().startNs() < a.raw().startNs() ? b : a;
    }

    private static @Nullable SpanDraft requestAbove(SpanDraft call) {
        SpanDraft ancestor = call.parent();
        for (int i = 0; ancestor != null && i < Family.MAX_GENERATIONS; i++) {
            if (ancestor.isRequest()) {
                return ancestor;
            }
            ancestor = ancestor.parent();
        }
        return null;
    }
}
